import { COMMON, type Uuid } from '@hilo/kernel'
import { defineMutation, type Payload, readId, type RequestContext } from '@hilo/graphql'
import type { CartKey } from '../change-cart.ts'
import { acceptPrices } from '../accept-prices.ts'
import { claimCart } from '../claim-cart.ts'
import { addCoupon, removeCoupon } from '../coupons.ts'
import { removeLine, setLine } from '../set-line.ts'
import { updateCart } from '../update-cart.ts'
import { AddressInput } from './address.ts'
import { cart } from './cart.ts'
import { circumstances } from './place.ts'
import { CartLineType } from './cart-line.ts'
import { CartLineInput, readLineId, readLineInput } from './cart-line-input.ts'

const cartField = {
  type: cart.ref,
  nullable: true,
  resolve: ({ value }: Payload<CartKey>, _args: object, ctx: RequestContext) =>
    value && cart.byId(ctx, value.cartId),
} as const

const VERSION = 'Refuse with VERSION_CONFLICT unless the cart is at this version.'

defineMutation('cartLineSet', {
  description:
    'Sets a line: its quantity becomes this one. Refuses QUANTITY_INVALID (to take a line away use cartLineRemove), QUANTITY_NOT_SOLD with the nearest ones that are, NOT_FOUND, NOT_PRICED, PRICE_TOKEN_…, PRICE_CHANGED for a token that has expired, CART_NOT_ACTIVE, CART_TOO_MANY_LINES, VERSION_CONFLICT.',
  access: { anyone: true },
  input: (t) => ({
    cartId: t.id({ required: true }),
    ifVersion: t.int({ description: VERSION }),
    line: t.field({ type: CartLineInput, required: true }),
  }),
  run: async (ctx, { cartId, ifVersion, line: input }) => {
    const id = readId('cart', cartId, ['cartId'])
    if (!id.ok) return id
    const line = readLineInput(ctx, input, ['line'])
    return line.ok ? setLine(ctx, { cartId: id.value, ifVersion, line: line.value }) : line
  },
  payload: (t) => ({
    cart: t.field(cartField),
    line: t.field({
      type: CartLineType,
      nullable: true,
      resolve: async ({ value }, _args, ctx) => {
        const parent = value && (await cart.byId(ctx, value.cartId))
        const line = parent?.lines.find(({ id }) => id === value?.lineId)
        return parent && line ? { cart: parent, line } : null
      },
    }),
  }),
})

defineMutation('cartLineRemove', {
  description: 'Takes a line away. Refuses NOT_FOUND, CART_NOT_ACTIVE, VERSION_CONFLICT.',
  access: { anyone: true },
  input: (t) => ({
    cartId: t.id({ required: true }),
    ifVersion: t.int({ description: VERSION }),
    lineId: t.id({ required: true }),
  }),
  run: async (ctx, input) => {
    const cartId = readId('cart', input.cartId, ['cartId'])
    if (!cartId.ok) return cartId
    const lineId = readLineId(input.lineId, ['lineId'])
    if (!lineId.ok) return lineId
    return removeLine(ctx, { cartId: cartId.value, ifVersion: input.ifVersion, lineId: lineId.value })
  },
  payload: (t) => ({ cart: t.field(cartField) }),
})

defineMutation('cartPricesAccept', {
  description:
    'Lets go of quoted prices that hold no longer: their lines cost what the shelf says, and PRICE_CHANGED is no problem any more. Refuses NOT_FOUND, CART_NOT_ACTIVE, VERSION_CONFLICT.',
  access: { anyone: true },
  input: (t) => ({
    cartId: t.id({ required: true }),
    ifVersion: t.int({ description: VERSION }),
  }),
  run: async (ctx, { cartId, ifVersion }) => {
    const id = readId('cart', cartId, ['cartId'])
    return id.ok ? acceptPrices(ctx, { cartId: id.value, ifVersion }) : id
  },
  payload: (t) => ({ cart: t.field(cartField) }),
})

defineMutation('cartCouponAdd', {
  description:
    'Puts a coupon code on a cart, exactly as printed; twice is once. Refuses COUPON_UNKNOWN, COUPON_EXPIRED, COUPON_WITHDRAWN, COUPON_PAUSED, COUPON_NOT_STARTED, COUPON_NOT_HERE, COUPON_NOT_FOR_YOU, COUPON_SPENT, COUPON_HELD.',
  access: { anyone: true },
  input: (t) => ({
    cartId: t.id({ required: true }),
    code: t.string({ required: true }),
    hold: t.boolean({
      description:
        'Keep one use of a scarce code for this cart for 15 minutes, as when the checkout begins. Refuses COUPON_HOLD_LIMIT, COUPON_NEEDS_CUSTOMER.',
    }),
  }),
  run: async (ctx, { cartId, code, hold }) => {
    const id = readId('cart', cartId, ['cartId'])
    return id.ok ? addCoupon(ctx, { cartId: id.value, code, hold }) : id
  },
  payload: (t) => ({ cart: t.field(cartField) }),
})

defineMutation('cartCouponRemove', {
  description: 'Takes a coupon code off a cart; one that is not there changes nothing.',
  access: { anyone: true },
  input: (t) => ({ cartId: t.id({ required: true }), code: t.string({ required: true }) }),
  run: async (ctx, { cartId, code }) => {
    const id = readId('cart', cartId, ['cartId'])
    return id.ok ? removeCoupon(ctx, { cartId: id.value, code }) : id
  },
  payload: (t) => ({ cart: t.field(cartField) }),
})

defineMutation('cartUpdate', {
  description:
    'Says who and where a cart is for; fields left out stay, null clears. Refuses EMAIL_INVALID, COUNTRY_NOT_SERVED, TEXT_….',
  access: { anyone: true },
  input: (t) => ({
    cartId: t.id({ required: true }),
    ifVersion: t.int({ description: VERSION }),
    email: t.string(),
    country: t.field({ type: 'CountryCode' }),
    address: t.field({ type: AddressInput }),
    ...circumstances(t),
  }),
  run: async (ctx, { cartId, ...rest }) => {
    const id = readId('cart', cartId, ['cartId'])
    return id.ok ? updateCart(ctx, { ...rest, cartId: id.value }) : id
  },
  payload: (t) => ({ cart: t.field(cartField) }),
})

const customerOf = ({ actor }: RequestContext): Uuid | undefined =>
  actor.kind === 'customer' ? actor.customerId : undefined

defineMutation('cartClaim', {
  description:
    "Merges a guest's cart into the customer's active one, after signing in: of each variant the larger quantity. Answers the active cart; done again, it changes nothing.",
  access: { customer: true },
  input: (t) => ({
    cartId: t.id({ required: true }),
    cartToken: t.string({ required: true, description: 'What proved the cart before the sign-in.' }),
  }),
  run: async (ctx, { cartId, cartToken }) => {
    const id = readId('cart', cartId, ['cartId'])
    if (!id.ok) return id
    const customerId = customerOf(ctx)
    if (!customerId) return COMMON.refuse('UNAUTHENTICATED', {})
    return claimCart(ctx, { cartId: id.value, cartToken, customerId })
  },
  payload: (t) => ({ cart: t.field(cartField) }),
})
