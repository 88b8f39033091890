import { type Executor, keyset } from '@hilo/db'
import { type CursorKey, type Reach, storable, type Uuid } from '@hilo/kernel'
import type { CouponInput } from '@hilo/pricing'
import { sql } from 'kysely'
import type { Coupon } from './promotion.ts'
import { readablePromotion } from './promotion-scope.ts'

/** What is known of these codes, of published promotions only. Capitals and small letters are different. */
export const couponsByCodes = async (
  db: Executor<'coupon' | 'promotion'>,
  codes: readonly string[],
): Promise<CouponInput[]> => {
  if (codes.length === 0) return []
  const rows = await db
    .selectFrom('coupon')
    .innerJoin('promotion', 'promotion.id', 'coupon.promotion_id')
    .select(['coupon.code', 'coupon.promotion_id', 'coupon.usage_limit', 'coupon.used'])
    .where('coupon.code', '=', sql<string>`any(${codes.map(storable)}::text[])`)
    .where('promotion.status', '=', 'PUBLISHED')
    .execute()
  return rows.map(({ code, promotion_id, usage_limit, used }) => ({
    code,
    promotionId: promotion_id,
    limitReached: usage_limit !== null && used >= usage_limit,
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
      'coupon.usage_limit as usageLimit',
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

/** The same page of the coupons of several promotions, by code, in one statement. */
export const couponPages = async (
  db: Executor<'coupon' | 'promotion' | 'promotion_claim'>,
  {
    promotionIds,
    ...page
  }: {
    readonly promotionIds: readonly Uuid[]
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<Coupon[]> => {
  const theirs = couponRows(db).where('coupon.promotion_id', '=', sql.ref<string>('owner.id'))
  const found = keyset(theirs, { ...page, columns: [['coupon.code', 'asc']] })
  return db
    .selectFrom(sql<{ id: Uuid }>`unnest(${promotionIds}::uuid[])`.as<'owner'>(sql`owner (id)`))
    .innerJoinLateral(found.as('page'), (join) => join.onTrue())
    .selectAll('page')
    .execute()
}

/** How many coupons each of several promotions has; one without any is left out. */
export const countCoupons = async (
  db: Executor<'coupon'>,
  promotionIds: readonly Uuid[],
): Promise<{ readonly promotionId: Uuid; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('coupon')
    .select((eb) => ['promotion_id as promotionId', eb.fn.countAll<bigint>().as('count')])
    .where('promotion_id', '=', sql<Uuid>`any(${promotionIds}::uuid[])`)
    .groupBy('promotion_id')
    .execute()
  return rows.map(({ promotionId, count }) => ({ promotionId, count: Number(count) }))
}
