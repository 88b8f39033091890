import type { StoredEvent } from '@hilo/db'
import { builder, defineSubscription, readId, refusalError } from '@hilo/graphql'
import { decodeId, isUuid } from '@hilo/kernel'
import { ENDPOINT_EVENTS } from '../endpoint.ts'
import { delivery, endpoint } from './nodes.ts'

const deliveryIdOf = ({ payload }: StoredEvent): string | undefined => {
  const { deliveryId } = (payload ?? {}) as { readonly deliveryId?: unknown }
  return isUuid(deliveryId) ? deliveryId : undefined
}

const EndpointChange = builder.objectRef<StoredEvent>('WebhookEndpointChange').implement({
  description: 'An endpoint was made, changed, switched off or deleted, or a test of it was answered.',
  fields: (t) => ({
    eventId: t.id({
      description: 'Pass it as `after` to go on from here.',
      resolve: ({ position }) => position,
    }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    type: t.exposeString('type', {
      description: 'WebhookEndpointDisabled.v1 when the shop stopped by itself, WebhookTestAnswered.v1 …',
    }),
    endpoint: t.field({
      type: endpoint.ref,
      nullable: true,
      resolve: ({ aggregateId }, _args, ctx) => endpoint.byId(ctx, aggregateId),
    }),
    delivery: t.field({
      type: delivery.ref,
      nullable: true,
      description: 'What became of a test.',
      resolve: (event, _args, ctx) => {
        const id = deliveryIdOf(event)
        return id === undefined ? null : delivery.byId(ctx, id)
      },
    }),
  }),
})

defineSubscription('webhookEndpointChanged', {
  description: 'What becomes of the addresses that are told what happens, with the answers to tests.',
  type: EndpointChange,
  access: { permission: 'webhooks:write' },
  events: ENDPOINT_EVENTS,
  args: (arg) => ({ endpoint: arg.id({ description: 'Only of this one.' }) }),
  before: async ({ endpoint: id }, ctx) => {
    const read = id == null ? undefined : readId('webhookEndpoint', id, ['endpoint'])
    if (read && !read.ok) throw refusalError(read.error, ctx)
  },
  wants: ({ aggregateId }, { endpoint: id }) => id == null || decodeId('webhookEndpoint', id) === aggregateId,
  resolve: (event) => event,
})
