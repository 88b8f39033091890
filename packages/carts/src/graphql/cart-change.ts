import { decodeId } from '@hilo/kernel'
import { builder, defineSubscription } from '@hilo/graphql'
import type { Cart } from '../cart.ts'
import { cart } from './cart.ts'

interface CartChange {
  readonly eventId: string
  readonly at: Date
  readonly cart: Cart | null
}

const CartChangeType = builder.objectRef<CartChange>('CartChange').implement({
  description: 'A cart was changed, by whoever shares it and in whatever channel.',
  fields: (t) => ({
    eventId: t.exposeID('eventId'),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    cart: t.field({
      type: cart.ref,
      nullable: true,
      description: 'As it is now; null once it went into another cart.',
      resolve: (change) => change.cart,
    }),
  }),
})

defineSubscription('cartChanged', {
  description:
    'A cart as it changes, for all who may see it. Guests prove it with the header Hilo-Cart-Token.',
  type: CartChangeType,
  access: { anyone: true },
  events: ['CartChanged.v1'],
  args: (arg) => ({ id: arg.id({ required: true }) }),
  before: async ({ id }, ctx) => {
    await cart.require(ctx, id)
  },
  wants: ({ aggregateId }, { id }) => decodeId('cart', id) === aggregateId,
  resolve: async ({ position, at, aggregateId }, _args, ctx) => ({
    eventId: position,
    at,
    cart: await cart.byId(ctx, aggregateId),
  }),
})
