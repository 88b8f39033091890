import { type Executor, keyset } from '@hilo/db'
import { type CursorKey, type Reach, storable, type Uuid } from '@hilo/kernel'
import type { CouponInput } from '@hilo/pricing'
import { sql } from 'kysely'
import { freeToUse } from './active-promotions.ts'
import type { Coupon } from './promotion.ts'
import { readablePromotion } from './promotion-scope.ts'

/** Whose codes, and when. */
export interface CouponAsker {
  /** What this cart holds is its own to use. */
  readonly cartId?: Uuid | null
  /** See `customerKey`. */
  readonly customerKey?: string | null
  readonly now: Date
}

interface CouponRow {
  readonly code: string
  readonly promotionId: Uuid
  readonly expiresAt: Date | null
  readonly withdrawn: boolean
  readonly limitReached: boolean
  readonly heldUntil: Date | null
  readonly customerLimitReached: boolean
}

/**
 * What is known of these codes, of published and paused promotions only: those of drafts are nobody's business. Capitals
 * and small letters are different. That a code was switched off or has expired is said to whoever has it: codes made by the
 * thousand cannot be guessed, and it helps nobody any more.
 */
export const couponsByCodes = async (
  db: Executor<'coupon' | 'coupon_batch' | 'promotion' | 'promotion_claim'>,
  codes: readonly string[],
  { cartId, customerKey = null, now }: CouponAsker,
): Promise<CouponInput[]> => {
  if (codes.length === 0) return []
  const { rows } = await sql<CouponRow>`
    select coupon.code, coupon.promotion_id as "promotionId", coupon.expires_at as "expiresAt",
      coupon.disabled_at is not null or coupon_batch.disabled_at is not null as withdrawn,
      (coalesce(coupon.used >= coupon.usage_limit, false) and coupon.used - (
        select count(*) from promotion_claim as hold
        where hold.coupon_id = coupon.id and ${freeToUse({ cartId, now })}
      ) >= coupon.usage_limit) as "limitReached",
      case when coupon.used >= coupon.usage_limit then (
        select min(hold.expires_at) from promotion_claim as hold
        where hold.coupon_id = coupon.id and hold.state = 'HELD' and hold.expires_at > ${now}::timestamptz
      ) end as "heldUntil",
      (coupon.per_customer_limit is not null and ${customerKey}::text is not null and (
        select count(*) from promotion_claim as mine
        where mine.coupon_id = coupon.id and mine.customer_key = ${customerKey} and mine.state = 'USED'
      ) >= coupon.per_customer_limit) as "customerLimitReached"
    from coupon
    join promotion on promotion.id = coupon.promotion_id
    left join coupon_batch on coupon_batch.id = coupon.batch_id
    where coupon.code = any(${codes.map(storable)}::text[])
      and promotion.status in ('PUBLISHED', 'PAUSED')`.execute(db)
  return rows.map(({ expiresAt, heldUntil, ...row }) => ({
    ...row,
    ...(heldUntil && { heldUntil: heldUntil.toISOString() }),
    ...(expiresAt && { expiresAt: expiresAt.toISOString() }),
  }))
}

const couponUses = sql<number>`case when coupon.usage_limit is not null then coupon.used else (
  select count(*)::int from promotion_claim
  where promotion_claim.coupon_id = coupon.id and promotion_claim.state = 'USED'
) end`

const couponRows = (db: Executor<'coupon' | 'promotion' | 'promotion_claim'>) =>
  db
    .selectFrom('coupon')
    .select([
      'coupon.id',
      'coupon.promotion_id as promotionId',
      'coupon.code',
      'coupon.batch_id as batchId',
      'coupon.usage_limit as usageLimit',
      'coupon.per_customer_limit as perCustomerLimit',
      'coupon.expires_at as expiresAt',
      'coupon.disabled_at as disabledAt',
      couponUses.as('used'),
    ])

/** The coupons with these ids of promotions that the reach may read. */
export const couponsByIds = (
  db: Executor<'coupon' | 'promotion' | 'promotion_claim'>,
  reach: Reach,
  ids: readonly Uuid[],
): Promise<Coupon[]> =>
  couponRows(db)
    .where('coupon.id', 'in', ids)
    .where(
      sql<boolean>`exists (select from promotion
        where promotion.id = coupon.promotion_id and ${readablePromotion(reach)})`,
    )
    .execute()

/** Which coupons of a promotion. */
export interface CouponFilter {
  /** True: those made in batches; false: those that people wrote. */
  readonly inBatch?: boolean | null | undefined
  readonly startsWith?: string | null | undefined
}

const fits = ({ inBatch, startsWith }: CouponFilter = {}) =>
  sql<boolean>`(${inBatch ?? null}::boolean is null or (coupon.batch_id is not null) = ${inBatch ?? null}::boolean)
    and starts_with(coupon.code, ${storable(startsWith ?? '')})`

/** The same page of the coupons of several promotions, by code, in one statement. */
export const couponPages = async (
  db: Executor<'coupon' | 'promotion' | 'promotion_claim'>,
  {
    promotionIds,
    where,
    ...page
  }: {
    readonly promotionIds: readonly Uuid[]
    readonly after: CursorKey | undefined
    readonly limit: number
    readonly where?: CouponFilter | undefined
  },
): Promise<Coupon[]> => {
  const theirs = couponRows(db)
    .where('coupon.promotion_id', '=', sql.ref<string>('owner.id'))
    .where(fits(where))
  const found = keyset(theirs, { ...page, columns: [['coupon.code', 'asc']] })
  return db
    .selectFrom(sql<{ id: Uuid }>`unnest(${promotionIds}::uuid[])`.as<'owner'>(sql`owner (id)`))
    .innerJoinLateral(found.as('page'), (join) => join.onTrue())
    .selectAll('page')
    .execute()
}

/** How many such coupons each of several promotions has; one without any is left out. */
export const countCoupons = async (
  db: Executor<'coupon'>,
  promotionIds: readonly Uuid[],
  where?: CouponFilter,
): Promise<{ readonly promotionId: Uuid; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('coupon')
    .select((eb) => ['promotion_id as promotionId', eb.fn.countAll<bigint>().as('count')])
    .where('promotion_id', '=', sql<Uuid>`any(${promotionIds}::uuid[])`)
    .where(fits(where))
    .groupBy('promotion_id')
    .execute()
  return rows.map(({ promotionId, count }) => ({ promotionId, count: Number(count) }))
}
