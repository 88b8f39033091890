import type { Context } from '@hilo/db'
import { newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { customerKey } from './customer-key.ts'
import { PROMOTION_REFUSALS } from './errors.ts'
import { freeExpiredAround } from './holds.ts'

const { refuse } = PROMOTION_REFUSALS

/** Minutes for which a scarce code is kept for a cart. */
const HOLD_MINUTES = 15

/** Codes that one customer, or one e-mail address, can hold at once over all carts. */
const MAX_HOLDS = 3

/** A scarce code that a cart asks for before it is ordered. */
export interface HoldRequest {
  readonly cartId: Uuid
  readonly code: string
  readonly customerId?: Uuid | null
  readonly email?: string | null
}

/** Until when a code is kept, ISO 8601. */
export interface CouponHold {
  readonly until: string
}

interface Scarce {
  readonly id: Uuid
  readonly promotion_id: Uuid
  readonly is_scarce: boolean
  /** What the cart holds now. */
  readonly held_until: Date | null
  readonly held_coupon: Uuid | null
}

const readScarce = async (ctx: Context, { cartId, code }: HoldRequest): Promise<Scarce | undefined> => {
  const { rows } = await sql<Scarce>`
    select coupon.id, coupon.promotion_id, hold.expires_at as held_until, hold.coupon_id as held_coupon,
      coupon.usage_limit is not null or promotion.usage_limit is not null as is_scarce
    from coupon
    join promotion on promotion.id = coupon.promotion_id
    left join promotion_claim as hold
      on hold.cart_id = ${cartId} and hold.state = 'HELD' and hold.expires_at > ${ctx.now()}::timestamptz
    where coupon.code = ${code}`.execute(ctx.db)
  return rows[0]
}

/** Counts one use where uses are limited; false when there is none left. */
const countUse = async (ctx: Context, { id, promotion_id }: Scarce): Promise<boolean> => {
  const { rows } = await sql<{ counted: boolean }>`
    with promotion_counted as (
      update promotion set used = used + (usage_limit is not null)::int
      where id = ${promotion_id} and status = 'PUBLISHED' and (usage_limit is null or used < usage_limit)
      returning id
    ), coupon_counted as (
      update coupon set used = used + (usage_limit is not null)::int
      where id = ${id} and disabled_at is null and (usage_limit is null or used < usage_limit)
        and exists (select from promotion_counted)
      returning id
    )
    select exists (select from coupon_counted) as counted`.execute(ctx.db)
  return rows[0]!.counted
}

/** When the first use that carts of others keep can be had again at the latest; null when orders have used all. */
const keptUntil = async (ctx: Context, { id, promotion_id }: Scarce): Promise<Date | null> => {
  const { rows } = await sql<{ until: Date | null }>`
    select min(hold.expires_at) as until
    from promotion_claim as hold
    join promotion on promotion.id = hold.promotion_id
    join coupon on coupon.id = ${id}
    where hold.promotion_id = ${promotion_id} and hold.state = 'HELD'
      and hold.expires_at > ${ctx.now()}::timestamptz and promotion.status = 'PUBLISHED'
      and coupon.disabled_at is null
      and (coupon.usage_limit is null or coupon.used < coupon.usage_limit or hold.coupon_id = coupon.id)`.execute(
    ctx.db,
  )
  return rows[0]!.until
}

/** Enters a hold under a free slot of the customer; false when all are taken. */
const takeSlot = async (
  ctx: Context,
  { scarce, cartId, key, until }: { scarce: Scarce; cartId: Uuid; key: string; until: Date },
): Promise<boolean> => {
  for (let slot = 1; slot <= MAX_HOLDS; slot += 1) {
    const { rows } = await sql`
      insert into promotion_claim
        (id, promotion_id, coupon_id, cart_id, customer_key, state, at, expires_at, hold_slot)
      values (${newId()}, ${scarce.promotion_id}, ${scarce.id}, ${cartId}, ${key}, 'HELD',
        ${ctx.now()}::timestamptz, ${until}::timestamptz, ${slot})
      on conflict (customer_key, hold_slot) where state = 'HELD' do nothing
      returning id`.execute(ctx.db)
    if (rows.length > 0) return true
  }
  return false
}

/**
 * Keeps one use of a scarce code for a cart for `HOLD_MINUTES`: nobody else can have it meanwhile, and it expires by
 * itself. Asked again it says until when, and does not begin anew. A code without a limit needs no hold and gets none.
 * The caller holds the cart, whose only hold this becomes. Refuses `COUPON_UNKNOWN`, `COUPON_SPENT`, `COUPON_HELD`,
 * `COUPON_NEEDS_CUSTOMER`, `COUPON_HOLD_LIMIT`.
 */
export const holdCoupon = async (ctx: Context, request: HoldRequest): Promise<Result<CouponHold | null>> => {
  const { cartId, code } = request
  const scarce = await readScarce(ctx, request)
  if (!scarce) return refuse('COUPON_UNKNOWN', { coupon: code }, ['code'])
  if (!scarce.is_scarce) return ok(null)
  if (scarce.held_coupon === scarce.id) return ok({ until: scarce.held_until!.toISOString() })
  const key = customerKey(request)
  if (key === null) return refuse('COUPON_NEEDS_CUSTOMER', { coupon: code }, ['code'])
  if (scarce.held_coupon !== null) return refuse('COUPON_HOLD_LIMIT', { max: MAX_HOLDS }, ['hold'])
  await freeExpiredAround(ctx, { promotionId: scarce.promotion_id, key, cartId })
  if (!(await countUse(ctx, scarce))) {
    const others = await keptUntil(ctx, scarce)
    return others
      ? refuse('COUPON_HELD', { coupon: code, until: others.toISOString() }, ['code'])
      : refuse('COUPON_SPENT', { coupon: code }, ['code'])
  }
  const until = new Date(ctx.now().getTime() + HOLD_MINUTES * 60_000)
  return (await takeSlot(ctx, { scarce, cartId, key, until }))
    ? ok({ until: until.toISOString() })
    : refuse('COUPON_HOLD_LIMIT', { max: MAX_HOLDS }, ['hold'])
}
