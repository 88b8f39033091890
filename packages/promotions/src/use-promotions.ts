import type { Context } from '@hilo/db'
import { type Localized, newId, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import { customerKey } from './customer-key.ts'

/** What one promotion did to a cart, as far as its use is counted. */
export interface AppliedPromotion {
  readonly promotionId: Uuid
  readonly couponCode?: string | undefined
  readonly offerId?: Uuid | undefined
  /** What it takes off, minor units. */
  readonly amount?: bigint | undefined
}

/** What an order uses up. */
export interface PromotionUse {
  readonly orderId: Uuid
  /** The cart it is of: what is held for it becomes used. */
  readonly cartId?: Uuid | null
  readonly customerId?: Uuid | null
  readonly email?: string | null
  /** Of the amounts. */
  readonly currency?: string
  /** The `applications` of the priced cart; each promotion counts once. */
  readonly applications: readonly AppliedPromotion[]
}

/** A use that was counted where it counts, and entered in the ledger unless `claimed` is false. */
export interface Used {
  readonly id: Uuid
  readonly name: Localized
  readonly published_version: number
  readonly per_customer_limit: number | null
  readonly has_budget: boolean
  /** True when this use was the last one. */
  readonly spent: boolean
  /** False when the customer has none left, or another order of theirs came in between. */
  readonly claimed: boolean
}

/**
 * The ordinal of a customer's next use: the next one, or the smallest free one where a limit counts them. Unique per
 * promotion and customer, so a limit holds however many orders come at once.
 */
const nextOrdinal = (promotionId: RawBuilder<unknown>, key: string | null, limit: RawBuilder<unknown>) => sql`
  select case
    when ${key}::text is null then 1
    when ${limit} is null then coalesce(max(ordinal), 0) + 1
    else (
      select coalesce(min(taken.ordinal + 1), 1)
      from (
        select 0 as ordinal
        union all
        select ordinal from promotion_claim
        where promotion_id = ${promotionId} and customer_key = ${key} and state = 'USED'
      ) as taken
      where not exists (
        select from promotion_claim as next
        where next.promotion_id = ${promotionId} and next.customer_key = ${key} and next.state = 'USED'
          and next.ordinal = taken.ordinal + 1
      )
    )
  end as ordinal
  from promotion_claim
  where promotion_id = ${promotionId} and customer_key = ${key} and state = 'USED'`

const TAKEN = sql`on conflict (promotion_id, customer_key, ordinal)
  where state = 'USED' and customer_key is not null do nothing`

const ENTRY = sql`(id, promotion_id, coupon_id, offer_id, order_id, customer_key, ordinal, state, amount_minor, currency, at)`

/**
 * Uses each promotion once, in one statement. One with a limit is counted in its row, which others wait for until the
 * commit; one without is only entered in the ledger, and its row is shared. All are held one after the other by id,
 * whichever they are. Those that have no use left are missing. The `limit` leaves none out: it keeps a prepared plan from
 * believing in many rows, for which it would be planned anew each time, and that takes longer than to run it.
 */
export const useOnce = async (
  ctx: Context,
  use: PromotionUse,
  applied: readonly AppliedPromotion[],
): Promise<Used[]> => {
  const sorted = applied.toSorted((a, b) => (a.promotionId < b.promotionId ? -1 : 1))
  const ids = sorted.map(({ promotionId }) => promotionId)
  const { rows } = await sql<Used>`
    with asked as (
      select asked.claim_id, asked.promotion_id, coupon.id as coupon_id, asked.offer_id, asked.amount
      from unnest(
        ${ids.map(() => newId())}::uuid[], ${ids}::uuid[], ${sorted.map(({ couponCode }) => couponCode ?? null)}::text[],
        ${sorted.map(({ offerId }) => offerId ?? null)}::uuid[],
        ${sorted.map(({ amount }) => amount?.toString() ?? null)}::bigint[]
      ) as asked (claim_id, promotion_id, code, offer_id, amount)
      left join coupon on coupon.code = asked.code
    ), held as materialized (
      select shared.*, limited.id as limited_id
      from (select id from unnest(${ids}::uuid[]) as wanted (id) limit ${ids.length}) as wanted
      left join lateral (
        select id, name, published_version, per_customer_limit from promotion
        where id = wanted.id and status = 'PUBLISHED' and usage_limit is null for key share
      ) as shared on true
      left join lateral (
        select id from promotion
        where shared.id is null and id = wanted.id and status = 'PUBLISHED' and usage_limit is not null
        for no key update
      ) as limited on true
    ), counted as (
      update promotion set used = used + 1 from held
      where promotion.id = held.limited_id and used < usage_limit
      returning promotion.id, promotion.name, promotion.published_version, promotion.per_customer_limit,
        used = usage_limit as spent
    ), used as (
      select id, name, published_version, per_customer_limit, false as spent from held where id is not null
      union all
      select * from counted
    ), ledger as (
      insert into promotion_claim ${ENTRY}
      select asked.claim_id, used.id, asked.coupon_id, asked.offer_id, ${use.orderId}::uuid, ${customerKey(use)}::text,
        next.ordinal, 'USED', asked.amount, ${use.currency ?? null}::text, ${ctx.now()}::timestamptz
      from used
      join asked on asked.promotion_id = used.id
      cross join lateral (
        ${nextOrdinal(sql`used.id`, customerKey(use), sql`used.per_customer_limit`)}
      ) as next
      where used.per_customer_limit is null
        or (${customerKey(use)}::text is not null and next.ordinal <= used.per_customer_limit)
      order by used.id
      ${TAKEN}
      returning promotion_id
    )
    select used.*, ledger.promotion_id is not null as claimed,
      exists (select from promotion_budget where promotion_budget.promotion_id = used.id) as has_budget
    from used left join ledger on ledger.promotion_id = used.id
    order by used.id
  `.execute(ctx.db)
  return rows
}

/**
 * Enters a use in the ledger that another order of the same customer came before, looking anew each time; false when
 * the customer has none left.
 */
export const claimAfterOthers = async (
  ctx: Context,
  { promotion, use, applied }: { promotion: Used; use: PromotionUse; applied: AppliedPromotion },
): Promise<boolean> => {
  const limit = promotion.per_customer_limit
  for (;;) {
    const { rows } = await sql<{ ordinal: number; claimed: boolean }>`
      with next as (
        ${nextOrdinal(sql`${promotion.id}::uuid`, customerKey(use), sql`${limit}::int`)}
      ), ledger as (
        insert into promotion_claim ${ENTRY}
        select ${newId()}::uuid, ${promotion.id}::uuid,
          (select id from coupon where code = ${applied.couponCode ?? null}), ${applied.offerId ?? null}::uuid,
          ${use.orderId}::uuid, ${customerKey(use)}::text, next.ordinal, 'USED',
          ${applied.amount?.toString() ?? null}::bigint, ${use.currency ?? null}::text, ${ctx.now()}::timestamptz
        from next
        where ${limit}::int is null or next.ordinal <= ${limit}::int
        ${TAKEN}
        returning id
      )
      select next.ordinal, exists (select from ledger) as claimed from next
    `.execute(ctx.db)
    const [{ ordinal, claimed }] = rows as [{ ordinal: number; claimed: boolean }]
    if (claimed) return true
    if (limit !== null && ordinal > limit) return false
  }
}
