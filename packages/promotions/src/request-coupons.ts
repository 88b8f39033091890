import { checkText } from '@hilo/catalog'
import { appendEvents, changesBetween, type Context } from '@hilo/db'
import { actorKey, COMMON, encodeId, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { checkLimit } from './check-promotion.ts'
import { checkPattern, type CouponAlphabet, DEFAULT_PATTERN } from './coupon-pattern.ts'
import { PROMOTION_REFUSALS } from './errors.ts'
import { couponBatchEvent } from './events.ts'
import { lockPromotion } from './lock-promotion.ts'

/** Codes of one promotion at most, all batches together. */
const MAX_CODES = 5_000_000
const MAX_NAME = 200

/** Codes to be made in the background. */
export interface CouponRequest {
  readonly promotionId: Uuid
  /** For staff; when not said, the prefix or the time. */
  readonly name?: string | null
  readonly count: number
  readonly prefix?: string | null
  readonly pattern?: string | null
  readonly alphabet?: CouponAlphabet | null
  /** How often each code can be used; default 1, null for any number. */
  readonly usageLimit?: number | null
  readonly perCustomerLimit?: number | null
  readonly expiresAt?: Date | null
}

/** Where a batch of codes is, as JSON for replays. */
export interface CouponBatchKey {
  readonly batchId: Uuid
}

const checkRoom = async (ctx: Context, { promotionId, count }: CouponRequest): Promise<Result<null>> => {
  const { rows } = await sql<{ asked: string }>`
    select coalesce(sum(count), 0)::text as asked from coupon_batch where promotion_id = ${promotionId}`.execute(
    ctx.db,
  )
  return Number(rows[0]!.asked) + count <= MAX_CODES
    ? ok(null)
    : PROMOTION_REFUSALS.refuse('TOO_MANY_CODES', { count: Number(rows[0]!.asked) + count, max: MAX_CODES }, [
        'count',
      ])
}

const check = (ctx: Context, input: CouponRequest): Result<null> => {
  const { name, prefix, pattern, alphabet, count, usageLimit, perCustomerLimit, expiresAt } = input
  const text = checkText(name ?? '', { max: MAX_NAME, path: ['name'], optional: true })
  if (!text.ok) return text
  const looks = checkPattern(
    { prefix: prefix ?? '', pattern: pattern ?? DEFAULT_PATTERN, alphabet: alphabet ?? 'MIXED' },
    count,
  )
  if (!looks.ok) return looks
  if (expiresAt && expiresAt <= ctx.now()) {
    return PROMOTION_REFUSALS.refuse(
      'COUPON_BATCH_INVALID',
      { reason: { en: 'The codes would have expired.', es: 'Los códigos ya habrían caducado.' } },
      ['expiresAt'],
    )
  }
  const limit = checkLimit(usageLimit, 'usageLimit')
  return limit.ok ? checkLimit(perCustomerLimit, 'perCustomerLimit') : limit
}

/**
 * Asks for codes that nobody can guess; a worker makes them. Refuses a promotion that codes do not start, a pattern with
 * too few random signs, limits that make no sense, `NOT_FOUND`, `FORBIDDEN`.
 */
export const requestCoupons = async (ctx: Context, input: CouponRequest): Promise<Result<CouponBatchKey>> => {
  const checked = check(ctx, input)
  if (!checked.ok) return checked
  const promotion = await lockPromotion(ctx, { id: input.promotionId })
  if (!promotion.ok) return { ok: false, error: { ...promotion.error, path: ['promotionId'] } }
  const { trigger } = promotion.value.definition as { readonly trigger: string }
  if (trigger !== 'COUPON') {
    const reason = {
      en: 'The trigger of this promotion is not COUPON.',
      es: 'Esta promoción no empieza con un cupón.',
    }
    return PROMOTION_REFUSALS.refuse('COUPON_BATCH_INVALID', { reason }, ['promotionId'])
  }
  const room = await checkRoom(ctx, input)
  if (!room.ok) return room
  const batchId = newId()
  const now = ctx.now()
  await ctx.db
    .insertInto('coupon_batch')
    .values({
      id: batchId,
      promotion_id: input.promotionId,
      name: (input.name || input.prefix || now.toISOString()).slice(0, MAX_NAME),
      prefix: input.prefix ?? '',
      pattern: input.pattern ?? DEFAULT_PATTERN,
      alphabet: input.alphabet ?? 'MIXED',
      count: input.count,
      usage_limit: input.usageLimit === undefined ? 1 : input.usageLimit,
      per_customer_limit: input.perCustomerLimit ?? null,
      expires_at: input.expiresAt ?? null,
      created_at: now,
      actor: actorKey(ctx.actor),
    })
    .execute()
  await appendEvents(ctx, [
    couponBatchEvent('CouponBatchRequested.v1', { batchId, promotionId: input.promotionId }),
  ])
  return ok({ batchId })
}

/** Switches all codes of a batch off, or on again; one that is not complete is made no further meanwhile. */
export const setBatchDisabled = async (
  ctx: Context,
  { id, disabled }: { readonly id: Uuid; readonly disabled: boolean },
): Promise<Result<CouponBatchKey>> => {
  const missing = COMMON.refuse('NOT_FOUND', { kind: 'couponBatch', id: encodeId('couponBatch', id) }, ['id'])
  const batch = await ctx.db
    .selectFrom('coupon_batch')
    .select(['promotion_id', 'disabled_at'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!batch) return missing
  const promotion = await lockPromotion(ctx, { id: batch.promotion_id })
  if (!promotion.ok) return promotion.error.code === 'NOT_FOUND' ? missing : promotion
  await ctx.db
    .updateTable('coupon_batch')
    .set({ disabled_at: disabled ? ctx.now() : null })
    .where('id', '=', id)
    .execute()
  const event = couponBatchEvent('CouponBatchUpdated.v1', { batchId: id, promotionId: batch.promotion_id })
  await appendEvents(ctx, [
    { ...event, changed: changesBetween({ disabled: batch.disabled_at !== null }, { disabled }) },
  ])
  return ok({ batchId: id })
}
