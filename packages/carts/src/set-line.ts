import type { Context, Executor } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import type { Cart } from './cart.ts'
import { type CartKey, type CartRequest, takeCart, touchCart } from './change-cart.ts'
import { CARTS, MAX_LINES } from './errors.ts'
import type { Line } from './line.ts'
import { type LineInput, readLines } from './read-lines.ts'
import { writeLines } from './write-lines.ts'

/** Why a cart cannot take these lines too, or nothing. */
export const checkRoom = (cart: Pick<Cart, 'lines'>, lines: readonly Line[]): Result<void> => {
  const ids = new Set([...cart.lines, ...lines].map(({ id }) => id))
  return ids.size > MAX_LINES
    ? CARTS.refuse('CART_TOO_MANY_LINES', { max: MAX_LINES }, ['line'])
    : ok(undefined)
}

/** Sets a line of a cart: its quantity becomes this one, so that a repeated request changes nothing. */
export const setLine = async (
  ctx: Context,
  { line: input, ...request }: CartRequest & { readonly line: LineInput },
): Promise<Result<CartKey & { readonly lineId: Uuid }>> => {
  const cart = await takeCart(ctx, request)
  if (!cart.ok) return cart
  const lines = await readLines(ctx, [input], () => ['line'])
  if (!lines.ok) return lines
  const room = checkRoom(cart.value, lines.value)
  if (!room.ok) return room
  await writeLines(ctx.db, cart.value.id, lines.value)
  await touchCart(ctx, cart.value)
  return ok({ cartId: cart.value.id, lineId: lines.value[0]!.id })
}

/** Takes a line away. Refuses `NOT_FOUND` when the cart has no such line. */
export const removeLine = async (
  ctx: Context,
  { lineId, ...request }: CartRequest & { readonly lineId: Uuid },
): Promise<Result<CartKey>> => {
  const cart = await takeCart(ctx, request)
  if (!cart.ok) return cart
  if (!cart.value.lines.some(({ id }) => id === lineId)) {
    return COMMON.refuse('NOT_FOUND', { kind: 'CartLine', id: encodeId('line', lineId) }, ['lineId'])
  }
  const db: Executor<'cart_line'> = ctx.db
  await db.deleteFrom('cart_line').where('cart_id', '=', cart.value.id).where('id', '=', lineId).execute()
  await touchCart(ctx, cart.value)
  return ok({ cartId: cart.value.id })
}
