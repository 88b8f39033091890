import { type Executor, keyset } from '@hilo/db'
import type { CursorKey, Reach, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { CouponBatch } from './coupon-batch.ts'
import type { CouponAlphabet } from './coupon-pattern.ts'
import { readablePromotion } from './promotion-scope.ts'

const batchRows = (db: Executor<'coupon_batch'>) =>
  db
    .selectFrom('coupon_batch')
    .select([
      'coupon_batch.id',
      'coupon_batch.promotion_id as promotionId',
      'coupon_batch.name',
      'coupon_batch.prefix',
      'coupon_batch.pattern',
      'coupon_batch.alphabet',
      'coupon_batch.count',
      'coupon_batch.made',
      'coupon_batch.usage_limit as usageLimit',
      'coupon_batch.per_customer_limit as perCustomerLimit',
      'coupon_batch.expires_at as expiresAt',
      'coupon_batch.disabled_at as disabledAt',
      'coupon_batch.created_at as createdAt',
      'coupon_batch.finished_at as finishedAt',
    ])
    .$narrowType<{ alphabet: CouponAlphabet }>()

/** The batches with these ids of promotions that the reach may read. */
export const couponBatchesByIds = (
  db: Executor<'coupon_batch'>,
  reach: Reach,
  ids: readonly Uuid[],
): Promise<CouponBatch[]> =>
  batchRows(db)
    .where('coupon_batch.id', 'in', ids)
    .where(
      sql<boolean>`exists (select from promotion
        where promotion.id = coupon_batch.promotion_id and ${readablePromotion(reach)})`,
    )
    .execute()

/** The same page of the batches of several promotions, the newest first, in one statement. */
export const couponBatchPages = async (
  db: Executor<'coupon_batch'>,
  {
    promotionIds,
    ...page
  }: {
    readonly promotionIds: readonly Uuid[]
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<CouponBatch[]> => {
  const theirs = batchRows(db).where('coupon_batch.promotion_id', '=', sql.ref<string>('owner.id'))
  const found = keyset(theirs, {
    ...page,
    columns: [
      ['coupon_batch.created_at', 'desc'],
      ['coupon_batch.id', 'desc'],
    ],
  })
  return db
    .selectFrom(sql<{ id: Uuid }>`unnest(${promotionIds}::uuid[])`.as<'owner'>(sql`owner (id)`))
    .innerJoinLateral(found.as('page'), (join) => join.onTrue())
    .selectAll('page')
    .execute()
}

/** The next codes of a batch after one of them, with how often each was used: what an export is made of. */
export const codesOfBatch = async (
  db: Executor<'coupon' | 'promotion_claim'>,
  { batchId, after, limit }: { readonly batchId: Uuid; readonly after: string; readonly limit: number },
): Promise<readonly { readonly code: string; readonly used: number; readonly disabled: boolean }[]> =>
  db
    .selectFrom('coupon')
    .select([
      'coupon.code',
      sql<boolean>`coupon.disabled_at is not null`.as('disabled'),
      sql<number>`(select count(*)::int from promotion_claim
        where promotion_claim.coupon_id = coupon.id and promotion_claim.state = 'USED')`.as('used'),
    ])
    .where('coupon.batch_id', '=', batchId)
    .where('coupon.code', '>', after)
    .orderBy('coupon.code')
    .limit(limit)
    .execute()

/** How many each of several promotions has; one without any is left out. */
export const countCouponBatches = async (
  db: Executor<'coupon_batch'>,
  promotionIds: readonly Uuid[],
): Promise<{ readonly promotionId: Uuid; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('coupon_batch')
    .select((eb) => ['promotion_id as promotionId', eb.fn.countAll<bigint>().as('count')])
    .where('promotion_id', '=', sql<Uuid>`any(${promotionIds}::uuid[])`)
    .groupBy('promotion_id')
    .execute()
  return rows.map(({ promotionId, count }) => ({ promotionId, count: Number(count) }))
}
