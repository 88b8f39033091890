import { builder, defineMutation, readId } from '@hilo/graphql'
import { ok } from '@hilo/kernel'
import { cancelOrder } from '@hilo/orders'
import { order } from '@hilo/orders/graphql'
import { readPriceToken } from '@hilo/promotions/graphql'
import { purchase, PURCHASE_STATUSES } from '../purchase.ts'

const PurchaseStatusEnum = builder.enumType('PurchaseStatus', {
  description: 'What became of a purchase: a new order, one already under way for the slot, or only a test.',
  values: PURCHASE_STATUSES,
})

const ExpectInput = builder.inputType('PurchaseExpectInput', {
  description: 'What the device reckons with; a higher total is refused with PRICE_ABOVE_EXPECTED.',
  fields: (t) => ({
    max: t.field({
      type: 'SafeInt',
      required: true,
      description: 'The most it may cost in all, minor units.',
    }),
    currency: t.field({ type: 'CurrencyCode', required: true }),
  }),
})

const SignedInput = builder.inputType('SignedRequestInput', {
  description: 'A request as its device signed it: all that is asked must stand in it as well.',
  fields: (t) => ({
    topic: t.string({ required: true, description: 'Where it was sent; it ends with the request id.' }),
    request: t.string({ required: true, description: 'The JSON text that was signed; it holds rid and ts.' }),
    signature: t.string({
      required: true,
      description: 'Ed25519 over the topic, a line feed and the request; base64url.',
    }),
  }),
})

defineMutation('devicePurchase', {
  description:
    'Buys what a slot is bound to, or a SKU, for the owner of the device and within its policy. The key is the request id of the device.',
  access: { device: true },
  idempotency: 'required',
  input: (t) => ({
    slot: t.string(),
    sku: t.string(),
    quantity: t.int({ description: 'How many; the quantity of the slot, or 1, when not said.' }),
    expect: t.field({ type: ExpectInput }),
    priceToken: t.string({
      description:
        'The price that was quoted (DevicePrice.token, ShelfPrice.token); refused with PRICE_TOKEN_…, and with PRICE_CHANGED once it has expired and the price is another.',
    }),
    test: t.boolean({ description: 'Only to try: nothing is shipped, reserved or spent.' }),
    sentAt: t.field({
      type: 'DateTime',
      description: 'When the device sent it; more than 24 hours ago is refused with PURCHASE_TOO_OLD.',
    }),
    signed: t.field({
      type: SignedInput,
      description: 'A signature that does not hold is refused with SIGNATURE_INVALID.',
    }),
    needsSignature: t.boolean({
      description:
        'True over a broker that does not prove who sends: unsigned it is refused with SIGNATURE_REQUIRED.',
    }),
  }),
  // What a repeat may say otherwise: it was sent or signed once more.
  circumstances: ['sentAt', 'signed', 'needsSignature'],
  run: async (ctx, { priceToken, ...input }) => {
    const quote = priceToken ? readPriceToken(ctx.quoting, priceToken, ['priceToken']) : ok(null)
    return quote.ok ? purchase(ctx, { ...input, priceToken, quote: quote.value }) : quote
  },
  payload: (t) => ({
    order: t.field({
      type: order.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && order.byId(ctx, value.orderId),
    }),
    status: t.field({ type: PurchaseStatusEnum, nullable: true, resolve: ({ value }) => value?.status }),
    cancelBy: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when deviceOrderCancel takes it back.',
      resolve: ({ value }) => value && new Date(value.cancelBy),
    }),
  }),
})

defineMutation('deviceOrderCancel', {
  description: 'Takes back an order that this device placed, until its cancelBy.',
  access: { device: true },
  idempotency: 'required',
  input: (t) => ({ orderId: t.id({ required: true }) }),
  run: async (ctx, { orderId }) => {
    const id = readId('order', orderId, ['orderId'])
    return id.ok ? cancelOrder(ctx, { orderId: id.value }) : id
  },
  payload: (t) => ({
    order: t.field({
      type: order.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && order.byId(ctx, value.orderId),
    }),
  }),
})
