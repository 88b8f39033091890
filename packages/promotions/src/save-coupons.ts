import type { Context } from '@hilo/db'
import { newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { PROMOTION_REFUSALS } from './errors.ts'

/**
 * Gives a promotion exactly these codes: adds those that are missing, takes the others away. What they did in orders
 * before stays; those made in batches stay too. Refuses a code of another promotion.
 */
export const saveCoupons = async (
  ctx: Context,
  promotionId: Uuid,
  codes: readonly string[],
): Promise<Result<null>> => {
  const gone = ctx.db
    .selectFrom('coupon')
    .select('id')
    .where('promotion_id', '=', promotionId)
    .where('batch_id', 'is', null)
    .where('code', '<>', sql<string>`all(${codes}::text[])`)
  await ctx.db
    .updateTable('promotion_claim')
    .set({ coupon_id: null })
    .where('coupon_id', 'in', gone)
    .execute()
  await ctx.db.deleteFrom('coupon').where('id', 'in', gone).execute()
  if (codes.length === 0) return ok(null)
  const rows = [...new Set(codes)].map((code) => ({
    id: newId(),
    promotion_id: promotionId,
    code,
    created_at: ctx.now(),
  }))
  await ctx.db
    .insertInto('coupon')
    .values(rows)
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute()
  const foreign = await ctx.db
    .selectFrom('coupon')
    .select('code')
    .where('code', '=', sql<string>`any(${codes}::text[])`)
    .where('promotion_id', '<>', promotionId)
    .orderBy('code')
    .executeTakeFirst()
  if (!foreign) return ok(null)
  const path = ['couponCodes', String(codes.indexOf(foreign.code))]
  return PROMOTION_REFUSALS.refuse('COUPON_CODE_TAKEN', { coupon: foreign.code }, path)
}
