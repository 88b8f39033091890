import type { Context, NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { refillBudgets } from './budget.ts'
import { limitEvents } from './limit-events.ts'
import { returnOffers } from './use-offers.ts'

/**
 * Gives back what an order used up, once, however often it is called. Call it inside `command()`; the rows of the
 * promotions are held first, as `claimPromotions` does. The caller appends the events returned with its own, last.
 */
export const releasePromotions = async (
  ctx: Context,
  { orderId }: { readonly orderId: Uuid },
): Promise<readonly NewEvent[]> => {
  const claimed = ctx.db.selectFrom('promotion_claim').select('promotion_id').where('order_id', '=', orderId)
  const held = await ctx.db
    .selectFrom('promotion')
    .select('id')
    .where('id', 'in', claimed)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  if (held.length === 0) return []
  const released = await ctx.db
    .updateTable('promotion_claim')
    .set({ state: 'RELEASED' })
    .where('order_id', '=', orderId)
    .where('state', '=', 'USED')
    .returning(['promotion_id', 'coupon_id', 'offer_id', 'amount_minor', 'currency'])
    .execute()
  if (released.length === 0) return []
  const { rows } = await sql<{ id: Uuid; was_spent: boolean }>`
    update promotion set used = used - 1
    where id = any(${released.map(({ promotion_id }) => promotion_id)}::uuid[]) and usage_limit is not null
    returning id, used + 1 = usage_limit as was_spent
  `.execute(ctx.db)
  const refilled = await refillBudgets(ctx, released)
  await sql`
    update coupon set used = used - 1
    where id = any(${released.flatMap(({ coupon_id }) => coupon_id ?? []).sort()}::uuid[]) and usage_limit is not null
  `.execute(ctx.db)
  await returnOffers(
    ctx,
    released.flatMap(({ offer_id }) => offer_id ?? []),
  )
  const open = rows.filter(({ was_spent }) => was_spent).map(({ id }) => id)
  return limitEvents(ctx, [...new Set([...open, ...refilled])])
}
