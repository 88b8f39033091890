import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { checkLimit } from './check-promotion.ts'
import { promotionEvent } from './events.ts'
import { lockPromotion } from './lock-promotion.ts'

/** What to change of a single code; what is left out stays, null takes a limit away. */
export interface CouponChange {
  readonly id: Uuid
  readonly usageLimit?: number | null
  readonly perCustomerLimit?: number | null
  readonly expiresAt?: Date | null
  readonly disabled?: boolean | null
}

/**
 * Changes the limits of a code, or switches it off or on. A limit counts what the ledger says was used before: the row is
 * held `FOR UPDATE`, so that it waits for the orders under way. Refuses `NOT_FOUND`, `FORBIDDEN`, `LIMIT_INVALID`.
 */
export const changeCoupon = async (
  ctx: Context,
  { id, usageLimit, perCustomerLimit, expiresAt, disabled }: CouponChange,
): Promise<Result<{ readonly couponId: Uuid }>> => {
  for (const [limit, field] of [
    [usageLimit, 'usageLimit'],
    [perCustomerLimit, 'perCustomerLimit'],
  ] as const) {
    const checked = checkLimit(limit, field)
    if (!checked.ok) return checked
  }
  const missing = COMMON.refuse('NOT_FOUND', { kind: 'coupon', id: encodeId('coupon', id) }, ['id'])
  const found = await ctx.db
    .selectFrom('coupon')
    .select('promotion_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) return missing
  const promotion = await lockPromotion(ctx, { id: found.promotion_id })
  if (!promotion.ok) return promotion.error.code === 'NOT_FOUND' ? missing : promotion
  await ctx.db.selectFrom('coupon').select('id').where('id', '=', id).forUpdate().execute()
  await ctx.db
    .updateTable('coupon')
    .set({
      ...(usageLimit !== undefined && {
        usage_limit: usageLimit,
        used: sql<number>`(select count(*) from promotion_claim
          where coupon_id = ${id} and state in ('USED', 'HELD'))`,
      }),
      ...(perCustomerLimit !== undefined && { per_customer_limit: perCustomerLimit }),
      ...(expiresAt !== undefined && { expires_at: expiresAt }),
      disabled_at: disabled == null ? sql`disabled_at` : disabled ? ctx.now() : null,
    })
    .where('id', '=', id)
    .execute()
  const { id: promotionId, version, status } = promotion.value
  await appendEvents(ctx, [
    promotionEvent('PromotionUpdated.v1', { promotionId, version, status, shelf: false }),
  ])
  return ok({ couponId: id })
}
