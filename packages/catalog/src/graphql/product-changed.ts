import { builder, defineSubscription, toGlobalId } from '@hilo/graphql'
import type { StoredEvent } from '@hilo/db'
import { decodeId } from '@hilo/kernel'
import { CATALOG_EVENTS, type CatalogEventPayload } from '../events.ts'
import { viewpoint } from '../visibility.ts'
import { product } from './nodes.ts'

const payloadOf = (event: StoredEvent) => event.payload as CatalogEventPayload

const ProductChange = builder.objectRef<StoredEvent>('ProductChange').implement({
  description: 'A product, or something that belongs to it, was created or changed.',
  fields: (t) => ({
    eventId: t.id({ description: 'Resume after it with `after`.', resolve: ({ position }) => position }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    productId: t.id({ resolve: (event) => toGlobalId('Product', payloadOf(event).productId) }),
    product: t.field({
      type: product.ref,
      nullable: true,
      description: 'As it is now; null when it is no longer to be seen here.',
      resolve: (event, _args, ctx) => product.byId(ctx, payloadOf(event).productId),
    }),
  }),
})

defineSubscription('productChanged', {
  description: 'Tells of products sold in this channel, before or after the change; staff hear of all.',
  type: ProductChange,
  access: { anyone: true },
  publicAnswer: true,
  events: CATALOG_EVENTS,
  args: (arg) => ({ ids: arg.idList({ description: 'Only of these.' }) }),
  wants: (event, { ids }, ctx) => {
    const { productId, channelIds } = payloadOf(event)
    const { seesAll, channelId } = viewpoint(ctx)
    return (
      (seesAll || channelIds.includes(channelId)) &&
      (!ids || ids.some((id) => decodeId('product', id) === productId))
    )
  },
  resolve: (event) => event,
})
