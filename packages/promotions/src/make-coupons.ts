import { randomBytes } from 'node:crypto'
import { appendEvents, command, type Context } from '@hilo/db'
import { newId, ok, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { type CouponPattern, makeCodes } from './coupon-pattern.ts'
import { couponBatchEvent } from './events.ts'

/** Codes of one transaction: it holds the readers of the event log back, so it must be short. */
const CHUNK = 5_000

interface Unfinished extends CouponPattern {
  readonly id: Uuid
  readonly promotion_id: Uuid
  readonly count: number
  readonly made: number
  readonly usage_limit: number | null
  readonly per_customer_limit: number | null
  readonly expires_at: Date | null
}

/** Adds codes that are not there yet; gives how many. */
const addCodes = async (ctx: Context, batch: Unfinished, wanted: number): Promise<number> => {
  const codes = [...new Set(makeCodes(batch, wanted, randomBytes))]
  const { numAffectedRows } = await sql`
    insert into coupon (id, promotion_id, batch_id, code, usage_limit, per_customer_limit, expires_at, created_at)
    select made.id, ${batch.promotion_id}, ${batch.id}, made.code, ${batch.usage_limit}::int,
      ${batch.per_customer_limit}::int, ${batch.expires_at}::timestamptz, ${ctx.now()}::timestamptz
    from unnest(${codes.map(() => newId())}::uuid[], ${codes}::text[]) as made (id, code)
    on conflict (code) do nothing`.execute(ctx.db)
  return Number(numAffectedRows ?? 0n)
}

/**
 * Makes the next codes of the oldest batch that is not complete, in a transaction of their own; a process that is killed
 * leaves whole chunks, and any other goes on. Returns false when there is nothing to do, or others are at it.
 */
export const makeNextCoupons = async (ctx: Context): Promise<boolean> => {
  const outcome = await command(ctx, { operation: 'makeCoupons', input: null }, async (inner) => {
    const { rows } = await sql<Unfinished>`
      select id, promotion_id, prefix, pattern, alphabet, count, made, usage_limit, per_customer_limit, expires_at
      from coupon_batch where finished_at is null and disabled_at is null
      order by created_at, id limit 1 for no key update skip locked`.execute(inner.db)
    const [batch] = rows
    if (!batch) return ok(false)
    const made = batch.made + (await addCodes(inner, batch, Math.min(CHUNK, batch.count - batch.made)))
    const isComplete = made === batch.count
    await inner.db
      .updateTable('coupon_batch')
      .set({ made, finished_at: isComplete ? inner.now() : null })
      .where('id', '=', batch.id)
      .execute()
    if (isComplete) {
      const payload = { batchId: batch.id, promotionId: batch.promotion_id }
      await appendEvents(inner, [couponBatchEvent('CouponBatchMade.v1', payload)])
    }
    return ok(true)
  })
  return outcome.ok && outcome.value
}
