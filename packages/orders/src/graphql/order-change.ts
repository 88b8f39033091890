import { builder, defineSubscription } from '@hilo/graphql'
import type { OrderRow } from '../order-row.ts'
import { order } from './order-nodes.ts'

interface OrderChange {
  readonly eventId: string
  readonly at: Date
  readonly type: string
  readonly order: OrderRow | null
}

const OrderChangeType = builder.objectRef<OrderChange>('OrderChange').implement({
  description: 'Something became of an order.',
  fields: (t) => ({
    eventId: t.exposeID('eventId'),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    type: t.exposeString('type', {
      description: 'OrderPlaced.v1, OrderCancelled.v1 or OrderFulfilled.v1.',
    }),
    order: t.field({
      type: order.ref,
      nullable: true,
      description: 'As it is now.',
      resolve: (change) => change.order,
    }),
  }),
})

defineSubscription('orderChanged', {
  description:
    'Orders as they are placed, cancelled and fulfilled: all with orders:read, else your own; a device hears of those it placed.',
  type: OrderChangeType,
  access: { anyone: true },
  events: ['OrderPlaced.v1', 'OrderCancelled.v1', 'OrderFulfilled.v1'],
  // A device may hear of things of its owner, but not of the orders that others placed for them.
  wants: ({ scope }, _args, { actor }) => actor.kind !== 'device' || scope.device === actor.deviceId,
  resolve: async ({ position, at, type, aggregateId }, _args, ctx) => ({
    eventId: position,
    at,
    type,
    order: await order.byId(ctx, aggregateId),
  }),
})
