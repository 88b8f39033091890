import { AddressInput } from '@hilo/carts/graphql'
import {
  defineMutation,
  MoneyInput,
  type Payload,
  readId,
  readMoney,
  type RequestContext,
} from '@hilo/graphql'
import { cancelOrder } from '../cancel-order.ts'
import type { OrderKey } from '../change-order.ts'
import { fulfilOrder } from '../fulfil-order.ts'
import { placeOrder } from '../place-order.ts'
import { order } from './order-nodes.ts'

const orderField = {
  type: order.ref,
  nullable: true,
  resolve: ({ value }: Payload<OrderKey>, _args: object, ctx: RequestContext) =>
    value && order.byId(ctx, value.orderId),
} as const

const VERSION = 'Refuse with VERSION_CONFLICT unless the order is at this version.'

defineMutation('orderPlace', {
  description:
    'Orders a cart of your own: prices it, uses up promotions, reserves stock, all or nothing. Refuses CART_ALREADY_ORDERED, CART_EMPTY, PRICE_CHANGED, OUT_OF_STOCK, EMAIL_REQUIRED, NOT_PRICED, COUPON_…, PROMOTION_….',
  access: { anyone: true },
  idempotency: 'required',
  input: (t) => ({
    cartId: t.id({ required: true }),
    expectedTotal: t.field({
      type: MoneyInput,
      description: 'The total that the customer has seen; another one is refused with PRICE_CHANGED.',
    }),
    email: t.string({ description: "Instead of the cart's; guests need one of both." }),
    address: t.field({ type: AddressInput, description: "Instead of the cart's." }),
  }),
  run: async (ctx, { cartId, expectedTotal, email, address }) => {
    const id = readId('cart', cartId, ['cartId'])
    if (!id.ok) return id
    return placeOrder(ctx, {
      cartId: id.value,
      expectedTotal: expectedTotal ? readMoney(expectedTotal) : undefined,
      email,
      address,
    })
  },
  payload: (t) => ({ order: t.field(orderField) }),
})

defineMutation('orderCancel', {
  description:
    'Cancels an order, and gives back its stock and its uses of promotions. Whoever placed it may until cancelBy, staff with orders:write while it is PLACED. Refuses ILLEGAL_TRANSITION, CANCEL_WINDOW_PASSED, VERSION_CONFLICT.',
  access: { anyone: true },
  idempotency: 'required',
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int({ description: VERSION }),
    reason: t.string({ description: 'At most 500 characters; kept in the event log.' }),
  }),
  run: async (ctx, { id, ifVersion, reason }) => {
    const orderId = readId('order', id, ['id'])
    return orderId.ok ? cancelOrder(ctx, { orderId: orderId.value, ifVersion, reason }) : orderId
  },
  payload: (t) => ({ order: t.field(orderField) }),
})

defineMutation('orderFulfil', {
  description:
    'Marks an order as handed over and takes its goods off the shelf. Refuses ILLEGAL_TRANSITION, VERSION_CONFLICT.',
  access: { permission: 'orders:write' },
  idempotency: 'required',
  input: (t) => ({ id: t.id({ required: true }), ifVersion: t.int({ description: VERSION }) }),
  run: async (ctx, { id, ifVersion }) => {
    const orderId = readId('order', id, ['id'])
    return orderId.ok ? fulfilOrder(ctx, { orderId: orderId.value, ifVersion }) : orderId
  },
  payload: (t) => ({ order: t.field(orderField) }),
})
