import { hashToken } from '@hilo/access'
import { appendEvents, type Context, type Executor } from '@hilo/db'
import { newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { freeHoldOf } from '@hilo/promotions'
import { type Cart, checkChangeable } from './cart.ts'
import { cartsByIds, lockCarts, type LockedCart } from './cart-queries.ts'
import { type CartKey, cartNotFound, touchCart } from './change-cart.ts'
import { ensureActiveCart } from './create-cart.ts'
import { MAX_COUPONS } from './errors.ts'
import { cartChanged } from './events.ts'
import { mergeLines } from './merge-lines.ts'
import { checkRoom } from './set-line.ts'
import { detailColumns } from './update-cart.ts'
import { writeLines } from './write-lines.ts'

/** A guest's cart that a customer takes over after signing in. */
export interface CartClaim extends CartKey {
  readonly customerId: Uuid
  readonly cartToken: string
}

const merge = async (ctx: Context, own: Cart, guest: Cart): Promise<Result<void>> => {
  const taken = new Set(own.lines.map(({ id }) => id))
  const theirs = guest.lines.map((line) => (taken.has(line.id) ? { ...line, id: newId() } : line))
  const merged = mergeLines(own.lines, theirs)
  const room = checkRoom(own, merged)
  if (!room.ok) return room
  await writeLines(ctx.db, own.id, merged)
  const db: Executor<'cart' | 'cart_coupon'> = ctx.db
  const codes = guest.coupons.filter((code) => !own.coupons.includes(code))
  const kept = codes.slice(0, MAX_COUPONS - own.coupons.length)
  if (kept.length > 0) {
    await db
      .insertInto('cart_coupon')
      .values(kept.map((code) => ({ cart_id: own.id, code })))
      .execute()
  }
  const details = {
    email: own.email ?? guest.email,
    country: own.country ?? guest.country,
    address: own.address ?? guest.address,
    paymentMethod: own.paymentMethod ?? guest.paymentMethod,
    deliveryMethod: own.deliveryMethod ?? guest.deliveryMethod,
    place: own.place ?? guest.place,
  }
  // The code that was kept for the guest can be had again: the customer may ask for it in their own cart.
  await freeHoldOf(ctx, guest.id)
  await db.updateTable('cart').set(detailColumns(details)).where('id', '=', own.id).execute()
  return ok(undefined)
}

/** The guest's cart is over: its token opens nothing any more, and its listeners hear so once. */
const close = async (ctx: Context, guest: LockedCart, customerId: Uuid): Promise<void> => {
  const db: Executor<'cart'> = ctx.db
  const version = guest.version + 1
  await db
    .updateTable('cart')
    .set({ status: 'MERGED', customer_id: customerId, token_hash: null, version, updated_at: ctx.now() })
    .where('id', '=', guest.id)
    .execute()
  await appendEvents(ctx, [cartChanged({ ...guest, customerId }, version)])
}

/**
 * Merges a guest's cart into the customer's active one: the larger quantity of each variant with its properties, both
 * sides' coupons, and the customer's own details first. Done again, it changes nothing.
 */
export const claimCart = async (
  ctx: Context,
  { cartId, cartToken, customerId }: CartClaim,
): Promise<Result<CartKey>> => {
  const scope = { channels: [], customerId, tokenHash: hashToken(cartToken) }
  const active = await ensureActiveCart(ctx, customerId)
  const locked = await lockCarts(ctx.db, scope, [cartId, active.cartId])
  const guest = locked.find(({ id }) => id === cartId)
  if (!guest) return cartNotFound(cartId)
  if (guest.customerId === customerId) return ok({ cartId: active.cartId })
  for (const { marketCode: market, ...cart } of locked) {
    const checked = checkChangeable(cart, { channel: ctx.channel, market })
    if (!checked.ok) return checked
  }
  const carts = await cartsByIds(ctx.db, scope, [cartId, active.cartId])
  const own = carts.find(({ id }) => id === active.cartId)!
  const merged = await merge(
    ctx,
    own,
    carts.find(({ id }) => id === cartId)!,
  )
  if (!merged.ok) return merged
  await close(ctx, guest, customerId)
  await touchCart(ctx, own)
  return ok({ cartId: own.id })
}
