import { appendEvents, type Context, type Executor } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { type Cart, checkChangeable } from './cart.ts'
import { cartsByIds, type LockedCart, lockCarts } from './cart-queries.ts'
import { changeableCarts } from './cart-scope.ts'
import { cartChanged } from './events.ts'

/** The value of every change of a cart, as JSON for replays. */
export interface CartKey {
  readonly cartId: Uuid
}

/** Names the cart to change, and the version it must have when that matters. */
export interface CartRequest extends CartKey {
  readonly ifVersion?: number | null
}

/** The refusal for a cart that is not there, or not the actor's. */
export const cartNotFound = (cartId: Uuid) =>
  COMMON.refuse('NOT_FOUND', { kind: 'cart', id: encodeId('cart', cartId) }, ['cartId'])

/** Locks a cart that the actor may change and reads it whole after the wait: two statements that travel together. */
export const lockCart = async (
  ctx: Context,
  cartId: Uuid,
): Promise<{ readonly locked: LockedCart | undefined; readonly cart: Cart | undefined }> => {
  const scope = changeableCarts(ctx)
  const [[locked], [cart]] = await Promise.all([
    lockCarts(ctx.db, scope, [cartId]),
    cartsByIds(ctx.db, scope, [cartId]),
  ])
  return { locked, cart }
}

/** Locks a cart that the actor may change and that can be changed from here, without reading what is in it. */
export const holdCart = async (
  ctx: Context,
  { cartId, ifVersion }: CartRequest,
): Promise<Result<LockedCart>> => {
  const [locked] = await lockCarts(ctx.db, changeableCarts(ctx), [cartId])
  if (!locked) return cartNotFound(cartId)
  const checked = checkChangeable(locked, { channel: ctx.channel, market: locked.marketCode, ifVersion })
  return checked.ok ? ok(locked) : checked
}

/** Locks a cart that the actor may change and that can be changed from here, and reads it whole after the wait. */
export const takeCart = async (ctx: Context, { cartId, ifVersion }: CartRequest): Promise<Result<Cart>> => {
  const { locked, cart } = await lockCart(ctx, cartId)
  if (!locked || !cart) return cartNotFound(cartId)
  const checked = checkChangeable(locked, { channel: ctx.channel, market: locked.marketCode, ifVersion })
  return checked.ok ? ok(cart) : checked
}

/** Counts the version of a locked cart up, notes from which channel, and tells the log. */
export const touchCart = async (
  ctx: Context,
  cart: Pick<Cart, 'id' | 'customerId' | 'tokenHash' | 'version'>,
): Promise<void> => {
  const db: Executor<'cart'> = ctx.db
  const version = cart.version + 1
  await db
    .updateTable('cart')
    .set({ version, channel_id: ctx.channel.id, updated_at: ctx.now() })
    .where('id', '=', cart.id)
    .execute()
  await appendEvents(ctx, [cartChanged({ ...cart, channelId: ctx.channel.id }, version)])
}
