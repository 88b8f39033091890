import type { Context, Executor } from '@hilo/db'
import { ok, type Result } from '@hilo/kernel'
import { freeHoldOf, holdCoupon, PROMOTION_REFUSALS } from '@hilo/promotions'
import type { Cart } from './cart.ts'
import { type CartKey, type CartRequest, takeCart, touchCart } from './change-cart.ts'
import { CARTS, MAX_COUPONS } from './errors.ts'
import { couponProblem } from './order-problems.ts'
import { priceLines } from './price-lines.ts'

const PATH = ['code']

/** The codes that the promotions slice can have; anything else is unknown without a look. */
const CODE = /^[\x21-\x7e]{1,64}$/

/**
 * Puts a coupon code on a cart; one that is there already changes nothing. Refuses codes that can never help this
 * cart; one that may still, as its subtotal is not reached yet, is kept and stands in the trace. With `hold` one use of
 * a scarce code is kept for the cart until it expires, see `holdCoupon`: also of a code that is there already, which is
 * looked at like a new one, for it may have ended since.
 */
export const addCoupon = async (
  ctx: Context,
  { code, hold, ...request }: CartRequest & { readonly code: string; readonly hold?: boolean | null },
): Promise<Result<CartKey>> => {
  if (!CODE.test(code)) {
    return PROMOTION_REFUSALS.refuse('COUPON_UNKNOWN', { coupon: code.slice(0, 64).toWellFormed() }, PATH)
  }
  const cart = await takeCart(ctx, request)
  if (!cart.ok) return cart
  const { id, coupons } = cart.value
  const isThere = coupons.includes(code)
  if (isThere && !hold) return ok({ cartId: id })
  if (!isThere && coupons.length >= MAX_COUPONS)
    return CARTS.refuse('CART_TOO_MANY_COUPONS', { max: MAX_COUPONS }, PATH)
  const couponCodes = isThere ? coupons : [...coupons, code]
  const { priced } = await priceLines(ctx, { ...cart.value, cartId: id, couponCodes })
  const outcome = priced.codes.find((entry) => entry.code === code)
  const problem = outcome && couponProblem(outcome, PATH)
  if (problem) return { ok: false, error: problem }
  const db: Executor<'cart_coupon'> = ctx.db
  if (!isThere) await db.insertInto('cart_coupon').values({ cart_id: id, code }).execute()
  if (hold) return keep(ctx, cart.value, code)
  await touchCart(ctx, cart.value)
  return ok({ cartId: id })
}

/** Keeps a scarce code for the cart, which the caller has locked. */
const keep = async (ctx: Context, cart: Cart, code: string): Promise<Result<CartKey>> => {
  const { id: cartId, customerId, email } = cart
  const held = await holdCoupon(ctx, { cartId, code, customerId, email })
  if (!held.ok) return held
  await touchCart(ctx, cart)
  return ok({ cartId })
}

/** Takes a coupon code off a cart; one that is not there changes nothing. */
export const removeCoupon = async (
  ctx: Context,
  { code, ...request }: CartRequest & { readonly code: string },
): Promise<Result<CartKey>> => {
  const cart = await takeCart(ctx, request)
  if (!cart.ok) return cart
  const { id, coupons } = cart.value
  if (!coupons.includes(code)) return ok({ cartId: id })
  const db: Executor<'cart_coupon'> = ctx.db
  if (cart.value.hold?.code === code) await freeHoldOf(ctx, id)
  await db.deleteFrom('cart_coupon').where('cart_id', '=', id).where('code', '=', code).execute()
  await touchCart(ctx, cart.value)
  return ok({ cartId: id })
}
