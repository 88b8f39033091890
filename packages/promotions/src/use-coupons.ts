import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** What became of the use of a code. */
export interface UsedCoupon {
  readonly id: Uuid
  readonly code: string
  readonly per_customer_limit: number | null
}

/** Counts one use of each coupon that has a limit and one left; gives the codes that may be used. */
export const useCoupons = async (ctx: Context, codes: readonly string[]): Promise<readonly UsedCoupon[]> => {
  if (codes.length === 0) return []
  const now = ctx.now()
  const { rows } = await sql<UsedCoupon>`
    with limited as (
      select id from coupon
      where code = any(${codes}::text[]) and (usage_limit is not null or per_customer_limit is not null)
      order by id for no key update
    ), counted as (
      update coupon set used = used + 1 from limited
      where coupon.id = limited.id and usage_limit is not null and used < usage_limit
      returning coupon.id, code, per_customer_limit, expires_at, disabled_at, batch_id
    ), usable as (
      select * from counted
      union all
      select coupon.id, code, per_customer_limit, expires_at, disabled_at, batch_id
      from coupon left join limited on limited.id = coupon.id
      where code = any(${codes}::text[]) and usage_limit is null
    )
    select usable.id, usable.code, usable.per_customer_limit from usable
    left join coupon_batch on coupon_batch.id = usable.batch_id
    where usable.disabled_at is null and coupon_batch.disabled_at is null
      and (usable.expires_at is null or usable.expires_at > ${now}::timestamptz)`.execute(ctx.db)
  return rows
}

/**
 * The code that this customer has used more often than they may, counting the uses that are in the ledger already with
 * this one. The rows of the coupons are held, so an order of theirs at the same time waits and then counts this one.
 */
export const overusedCoupon = async (
  ctx: Context,
  coupons: readonly UsedCoupon[],
  customerKey: string,
): Promise<UsedCoupon | undefined> => {
  const limited = coupons.filter(({ per_customer_limit }) => per_customer_limit !== null)
  if (limited.length === 0) return undefined
  const { rows } = await sql<{ coupon_id: Uuid; count: number }>`
    select coupon_id, count(*)::int as count from promotion_claim
    where coupon_id = any(${limited.map(({ id }) => id)}::uuid[])
      and customer_key = ${customerKey} and state = 'USED'
    group by coupon_id`.execute(ctx.db)
  return limited.find(({ id, per_customer_limit }) =>
    rows.some(({ coupon_id, count }) => coupon_id === id && count > per_customer_limit!),
  )
}
