import { readEmail } from '@hilo/access'
import {
  type Address,
  type Cart,
  cartChanged,
  cartNotFound,
  checkAddress,
  checkChangeable,
  lockCart,
} from '@hilo/carts'
import type { Context, Executor } from '@hilo/db'
import { encodeId, type Money, ok, ownerOf, type Result, type Uuid } from '@hilo/kernel'
import { ORDERS } from './errors.ts'
import { expectExactly } from './expected-total.ts'
import { orderOfCart } from './order-queries.ts'
import { type PlacedOrder, submitOrder } from './submit-order.ts'

/** A cart to be ordered, with what it does not say yet. */
export interface OrderRequest {
  readonly cartId: Uuid
  /** What the customer has seen and agreed to. */
  readonly expectedTotal?: Money
  /** Instead of the cart's. */
  readonly email?: string | null
  /** Instead of the cart's. */
  readonly address?: Address | null
}

const alreadyOrdered = async (db: Executor<'order'>, cartId: Uuid): Promise<Result<never>> => {
  const order = await orderOfCart(db, cartId)
  const { id, number } = order!
  return ORDERS.refuse('CART_ALREADY_ORDERED', { orderId: encodeId('order', id), number }, ['cartId'])
}

const takeCart = async (ctx: Context, cartId: Uuid): Promise<Result<Cart>> => {
  const { locked, cart } = await lockCart(ctx, cartId)
  if (!locked || !cart) return cartNotFound(cartId)
  if (locked.status === 'ORDERED') return alreadyOrdered(ctx.db, cartId)
  const checked = checkChangeable(locked, { channel: ctx.channel, market: locked.marketCode })
  return checked.ok ? ok(cart) : checked
}

const readEmailOf = (cart: Cart, given: string | null | undefined): Result<string | null> => {
  const email = given ? readEmail(given) : ok(cart.email)
  return email.ok && !email.value && !cart.customerId ? ORDERS.refuse('EMAIL_REQUIRED', {}, ['email']) : email
}

/** A cart filled before signing in and not claimed becomes the order of whoever is signed in now. */
const ownedBy = (cart: Cart, { actor }: Context): Cart => ({
  ...cart,
  customerId: cart.customerId ?? ownerOf(actor) ?? null,
})

const close = async (
  db: Executor<'cart'>,
  { cart, version }: { cart: Cart; version: number },
  now: Date,
): Promise<void> => {
  await db
    .updateTable('cart')
    .set({ status: 'ORDERED', version, updated_at: now })
    .where('id', '=', cart.id)
    .execute()
}

/**
 * Orders a cart of the actor's own, all or nothing. Refuses `NOT_FOUND`, `CART_ALREADY_ORDERED` with the order,
 * `CART_NOT_ACTIVE`, `CART_OTHER_MARKET`, `CART_EMPTY`, `COUNTRY_NOT_SERVED`, `EMAIL_REQUIRED` for guests, `PRICE_CHANGED`, `NOT_PRICED`,
 * `OUT_OF_STOCK`, useless coupons and promotions that were used up meanwhile.
 */
export const placeOrder = async (ctx: Context, request: OrderRequest): Promise<Result<PlacedOrder>> => {
  const taken = await takeCart(ctx, request.cartId)
  if (!taken.ok) return taken
  const cart = ownedBy(taken.value, ctx)
  const email = readEmailOf(cart, request.email)
  if (!email.ok) return email
  const { market } = ctx.channel
  const address = request.address ? checkAddress(request.address, market, ['address']) : ok(cart.address)
  if (!address.ok) return address
  const version = cart.version + 1
  const closed = close(ctx.db, { cart, version }, ctx.now())
  const submitted = submitOrder(ctx, {
    ...cart,
    cartId: cart.id,
    deviceId: null,
    slot: null,
    email: email.value,
    address: address.value,
    accept: expectExactly(request.expectedTotal),
    events: [cartChanged(cart, version)],
  })
  const [, result] = await Promise.all([closed, submitted])
  return result
}
