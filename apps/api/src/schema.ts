import '@hilo/access/graphql'
import '@hilo/assets/graphql'
import '@hilo/audit/graphql'
import '@hilo/bulk/graphql'
import '@hilo/carts/graphql'
import '@hilo/catalog/graphql'
import '@hilo/channels/graphql'
import '@hilo/customers/graphql'
import '@hilo/devices/graphql'
import '@hilo/inventory/graphql'
import '@hilo/orders/graphql'
import '@hilo/prices/graphql'
import '@hilo/promotions/graphql'
import '@hilo/search/graphql'
import '@hilo/webhooks/graphql'
import { builder } from '@hilo/graphql'
import { DirectiveLocation, GraphQLDirective, GraphQLString, specifiedDirectives } from 'graphql'
import './errors.ts'
import './events.ts'
import './persisted/graphql.ts'

const inContext = new GraphQLDirective({
  name: 'inContext',
  description: 'From which channel and in which language an operation is answered; wins over the headers.',
  locations: [DirectiveLocation.QUERY, DirectiveLocation.MUTATION, DirectiveLocation.SUBSCRIPTION],
  args: { channel: { type: GraphQLString }, locale: { type: GraphQLString } },
})

/** The whole schema: every slice's nouns on the one builder. */
export const schema = builder.toSchema({ directives: [...specifiedDirectives, inContext] })
