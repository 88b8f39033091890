import type { Context } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'

interface Hold {
  readonly id: Uuid
  readonly promotion_id: Uuid
  readonly coupon_id: Uuid
}

/** What the caller is about to use next: locked together with the rest, so that locks are taken in one order. */
type About = ReadonlyMap<Uuid, { readonly couponCode?: string | undefined }>

const NOTHING_ELSE: About = new Map()

/**
 * Frees holds: their uses can be had again, each once. The rows of the promotions and coupons are held before, in the
 * order of LOCKS.md, and stay so until the end of the transaction: whoever goes on to use one cannot be overtaken.
 */
const free = async (
  ctx: Context,
  which: RawBuilder<SqlBool>,
  about: About = NOTHING_ELSE,
): Promise<number> => {
  const { rows: found } = await sql<Hold>`
    select id, promotion_id, coupon_id from promotion_claim where state = 'HELD' and ${which}
    order by id limit 1000`.execute(ctx.db)
  if (found.length === 0) return 0
  const ids = found.map(({ id }) => id)
  const promotionIds = [...found.map(({ promotion_id }) => promotion_id), ...about.keys()]
  const couponIds = found.map(({ coupon_id }) => coupon_id)
  const codes = [...about.values()].flatMap(({ couponCode }) => couponCode ?? [])
  await sql`select from promotion where id = any(${promotionIds}::uuid[]) order by id for no key update`.execute(
    ctx.db,
  )
  await sql`
    select from coupon where id = any(${couponIds}::uuid[]) or code = any(${codes}::text[])
    order by id for no key update`.execute(ctx.db)
  const { rows } = await sql<{ count: number }>`
    with freed as (
      delete from promotion_claim where id = any(${ids}::uuid[]) and state = 'HELD'
      returning promotion_id, coupon_id
    ), promotions as (
      update promotion set used = used - freed.count
      from (select promotion_id, count(*)::int as count from freed group by 1) as freed
      where promotion.id = freed.promotion_id and usage_limit is not null
    ), coupons as (
      update coupon set used = used - freed.count
      from (select coupon_id, count(*)::int as count from freed group by 1) as freed
      where coupon.id = freed.coupon_id and usage_limit is not null
    )
    select count(*)::int as count from freed`.execute(ctx.db)
  return rows[0]!.count
}

/** Frees what a cart holds, because the code was taken off, or is about to be used for good. */
export const freeHoldOf = (ctx: Context, cartId: Uuid, about?: About): Promise<number> =>
  free(ctx, sql`cart_id = ${cartId}`, about)

/** Frees what expired of these promotions; nobody waits for a worker to do it. */
export const freeExpiredOf = (ctx: Context, promotionIds: readonly Uuid[]): Promise<number> =>
  free(ctx, sql`promotion_id = any(${promotionIds}::uuid[]) and expires_at <= ${ctx.now()}::timestamptz`)

/** Frees up to a thousand expired holds of any promotion. */
export const freeExpired = (ctx: Context): Promise<number> =>
  free(ctx, sql`expires_at <= ${ctx.now()}::timestamptz`)

/** Frees what expired of this promotion, of this customer and of this cart: all that stands in the way of a hold. */
export const freeExpiredAround = (
  ctx: Context,
  around: { readonly promotionId: Uuid; readonly key: string; readonly cartId: Uuid },
): Promise<number> =>
  free(
    ctx,
    sql`expires_at <= ${ctx.now()}::timestamptz and (promotion_id = ${around.promotionId}
      or customer_key = ${around.key} or cart_id = ${around.cartId})`,
  )
