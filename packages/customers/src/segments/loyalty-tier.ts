import { appendEvents, type Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { SEGMENT_REFUSALS } from './errors.ts'
import { customerEvent } from './events.ts'
import { holdCustomers } from './segment-members.ts'

const TIER = /^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/

/** Gives customers a loyalty tier of the shop's own making, or none; those who have it already stay as they are. */
export const setLoyaltyTier = async (
  ctx: Context,
  { customerIds, tier }: { readonly customerIds: readonly Uuid[]; readonly tier: string | null },
): Promise<Result<{ readonly customerIds: readonly Uuid[] }>> => {
  if (tier !== null && !TIER.test(tier)) return SEGMENT_REFUSALS.refuse('LOYALTY_TIER_INVALID', {}, ['tier'])
  const held = await holdCustomers(ctx, customerIds)
  if (!held.ok) return held
  const others = held.value.filter(({ loyaltyTier }) => loyaltyTier !== tier)
  const ids = others.map(({ id }) => id)
  await sql`update customer set loyalty_tier = ${tier} where id = any(${ids}::uuid[])`.execute(ctx.db)
  await appendEvents(
    ctx,
    others.map(({ id, loyaltyTier }) =>
      customerEvent('CustomerLoyaltyTierSet.v1', id, {
        payload: { loyaltyTier: tier },
        changed: { loyaltyTier: [loyaltyTier, tier] },
      }),
    ),
  )
  return ok({ customerIds: ids })
}
