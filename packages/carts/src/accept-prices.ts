import type { Context, Executor } from '@hilo/db'
import { ok, ownerOf, type Result } from '@hilo/kernel'
import { holdingQuotes } from '@hilo/promotions'
import { type CartKey, type CartRequest, takeCart, touchCart } from './change-cart.ts'

/** Takes quotes that hold no longer off the lines of a cart; without any, nothing changes. */
export const acceptPrices = async (ctx: Context, request: CartRequest): Promise<Result<CartKey>> => {
  const cart = await takeCart(ctx, request)
  if (!cart.ok) return cart
  const { id: cartId, lines } = cart.value
  const customerId = cart.value.customerId ?? ownerOf(ctx.actor)
  const quotes = new Map(lines.flatMap(({ id, quote }) => (quote ? [[id, quote] as const] : [])))
  const holding = holdingQuotes(lines, quotes, { customerId, now: ctx.now() })
  const over = [...quotes.keys()].filter((id) => !holding.has(id))
  if (over.length === 0) return ok({ cartId })
  const db: Executor<'cart_line'> = ctx.db
  await db
    .updateTable('cart_line')
    .set({ quote: null })
    .where('cart_id', '=', cartId)
    .where('id', 'in', over)
    .execute()
  await touchCart(ctx, cart.value)
  return ok({ cartId })
}
