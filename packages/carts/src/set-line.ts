import type { Context, Executor } from '@hilo/db'
import { COMMON, encodeId, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import type { Cart } from './cart.ts'
import { type CartKey, type CartRequest, holdCart, touchCart } from './change-cart.ts'
import { lineCount } from './cart-queries.ts'
import { CARTS, MAX_LINES } from './errors.ts'
import type { Line } from './line.ts'
import { type LineInput, readLines } from './read-lines.ts'
import { writeLines } from './write-lines.ts'

const checkCount = (lines: number): Result<void> =>
  lines > MAX_LINES ? CARTS.refuse('CART_TOO_MANY_LINES', { max: MAX_LINES }, ['line']) : ok(undefined)

/** Why a cart cannot take these lines too, or nothing. */
export const checkRoom = (cart: Pick<Cart, 'lines'>, lines: readonly Line[]): Result<void> =>
  checkCount(new Set([...cart.lines, ...lines].map(({ id }) => id)).size)

/**
 * Sets a line of a cart: its quantity becomes this one, so that a repeated request changes nothing. A quote that is not
 * named stays; one that has expired is refused with `PRICE_CHANGED` where the price did, and else is not needed.
 */
export const setLine = async (
  ctx: Context,
  { line: input, ...request }: CartRequest & { readonly line: LineInput },
): Promise<Result<CartKey & { readonly lineId: Uuid }>> => {
  const cart = await holdCart(ctx, request)
  if (!cart.ok) return cart
  const { id: cartId } = cart.value
  const line = { ...input, id: input.id ?? newId() }
  const [others, lines] = await Promise.all([
    lineCount(ctx.db, { cartId, except: line.id }),
    readLines(ctx, [line], () => ['line']),
  ])
  if (!lines.ok) return lines
  const room = checkCount(others + 1)
  if (!room.ok) return room
  await writeLines(ctx.db, cartId, lines.value)
  await touchCart(ctx, cart.value)
  return ok({ cartId, lineId: line.id })
}

/** Takes a line away. Refuses `NOT_FOUND` when the cart has no such line. */
export const removeLine = async (
  ctx: Context,
  { lineId, ...request }: CartRequest & { readonly lineId: Uuid },
): Promise<Result<CartKey>> => {
  const cart = await holdCart(ctx, request)
  if (!cart.ok) return cart
  const db: Executor<'cart_line'> = ctx.db
  const { numDeletedRows } = await db
    .deleteFrom('cart_line')
    .where('cart_id', '=', cart.value.id)
    .where('id', '=', lineId)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) {
    return COMMON.refuse('NOT_FOUND', { kind: 'cartLine', id: encodeId('line', lineId) }, ['lineId'])
  }
  await touchCart(ctx, cart.value)
  return ok({ cartId: cart.value.id })
}
