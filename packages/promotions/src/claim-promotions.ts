import type { Context, NewEvent } from '@hilo/db'
import { encodeId, type Localized, localize, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { changesShelf } from './check-promotion.ts'
import { compiledVersion, versionKey } from './compiled-promotions.ts'
import { customerKey } from './customer-key.ts'
import { PROMOTION_REFUSALS } from './errors.ts'
import { promotionEvent } from './events.ts'

/** What an order uses up. */
export interface PromotionUse {
  readonly orderId: Uuid
  readonly customerId?: Uuid | null
  readonly email?: string | null
  /** The `applications` of the priced cart; each promotion counts once. */
  readonly applications: readonly { readonly promotionId: Uuid; readonly couponCode?: string | undefined }[]
}

const { refuse } = PROMOTION_REFUSALS

interface Counted {
  readonly id: Uuid
  readonly name: Localized
  readonly published_version: number
  readonly per_customer_limit: number | null
  /** True when this use was the last one. */
  readonly spent: boolean
}

/** Counts one use of each promotion that has one left, in the order of ids; the rows stay held until the commit. */
const countUses = async (ctx: Context, ids: readonly Uuid[]): Promise<Counted[]> => {
  await ctx.db
    .selectFrom('promotion')
    .select('id')
    .where('id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const { rows } = await sql<Counted>`
    update promotion set used = used + 1
    where id = any(${ids}::uuid[]) and status = 'PUBLISHED' and (usage_limit is null or used < usage_limit)
    returning id, name, published_version, per_customer_limit, coalesce(used = usage_limit, false) as spent
  `.execute(ctx.db)
  return rows
}

/** Counts one use of each coupon that has one left; returns the ids by code. */
const countCoupons = async (ctx: Context, codes: readonly string[]): Promise<ReadonlyMap<string, Uuid>> => {
  if (codes.length === 0) return new Map()
  await ctx.db
    .selectFrom('coupon')
    .select('id')
    .where('code', '=', sql<string>`any(${codes}::text[])`)
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  const { rows } = await sql<{ id: Uuid; code: string }>`
    update coupon set used = used + 1
    where code = any(${codes}::text[]) and (usage_limit is null or used < usage_limit)
    returning id, code
  `.execute(ctx.db)
  return new Map(rows.map(({ id, code }) => [code, id]))
}

/**
 * Takes the smallest free ordinal of a customer for a promotion; false when the limit is reached. The row of the
 * promotion is held, so nobody else counts meanwhile; the unique index is the wall behind.
 */
const insertClaim = async (
  ctx: Context,
  claim: {
    readonly promotion: Counted
    readonly couponId: Uuid | null
    readonly orderId: Uuid
    readonly customerKey: string | null
  },
): Promise<boolean> => {
  const { promotion, couponId, orderId, customerKey: key } = claim
  const { rows } = await sql`
    insert into promotion_claim (id, promotion_id, coupon_id, order_id, customer_key, ordinal, state, at)
    select ${newId()}, ${promotion.id}, ${couponId}, ${orderId}, ${key}::text, free.ordinal, 'USED', ${ctx.now()}
    from (
      select coalesce(min(taken.ordinal + 1), 1) as ordinal
      from (
        select 0 as ordinal
        union all
        select ordinal from promotion_claim
        where promotion_id = ${promotion.id} and customer_key = ${key} and state = 'USED'
      ) as taken
      where not exists (
        select from promotion_claim as next
        where next.promotion_id = ${promotion.id} and next.customer_key = ${key} and next.state = 'USED'
          and next.ordinal = taken.ordinal + 1
      )
    ) as free
    where ${promotion.per_customer_limit}::int is null or free.ordinal <= ${promotion.per_customer_limit}::int
    returning id
  `.execute(ctx.db)
  return rows.length > 0
}

const shown = ({ id, name }: { readonly id: Uuid; readonly name: Localized }, ctx: Context) => ({
  promotionId: encodeId('promotion', id),
  name: localize(name, ctx.locale),
})

const spentRefusal = async (ctx: Context, id: Uuid) => {
  const row = await ctx.db.selectFrom('promotion').select('name').where('id', '=', id).executeTakeFirst()
  return refuse('PROMOTION_SPENT', shown({ id, name: row?.name ?? {} }, ctx))
}

/** The events of promotions that reached or left their limit: prices on the shelf may change by it. */
export const limitEvents = async (
  ctx: Context,
  promotions: readonly { readonly id: Uuid; readonly published_version: number | null }[],
): Promise<NewEvent[]> => {
  const ids = promotions.map(({ id }) => id)
  if (ids.length === 0) return []
  const rows = await ctx.db
    .selectFrom('promotion')
    .innerJoin('promotion_version as published', (join) =>
      join
        .onRef('published.promotion_id', '=', 'promotion.id')
        .onRef('published.version', '=', 'promotion.published_version'),
    )
    .select(['promotion.id', 'promotion.version', 'published.version as published', 'published.definition'])
    .where('promotion.id', 'in', ids)
    .where('promotion.status', '=', 'PUBLISHED')
    .execute()
  return rows.map(({ id, version, published, definition }) =>
    promotionEvent('PromotionUpdated.v1', {
      promotionId: id,
      version,
      status: 'PUBLISHED',
      shelf: changesShelf(compiledVersion(versionKey({ id, version: published }), definition)),
    }),
  )
}

/**
 * Uses up promotions and coupons for an order, exactly, however many orders come at once: the order is refused when one
 * of them was used up since the cart was priced. Call it inside `command()`, before stock is reserved; the caller
 * appends the events returned with its own, last.
 */
export const claimPromotions = async (
  ctx: Context,
  use: PromotionUse,
): Promise<Result<readonly NewEvent[]>> => {
  const codeOf = new Map(use.applications.map(({ promotionId, couponCode }) => [promotionId, couponCode]))
  const ids = [...codeOf.keys()].sort()
  if (ids.length === 0) return ok([])
  const counted = new Map((await countUses(ctx, ids)).map((promotion) => [promotion.id, promotion]))
  const missing = ids.find((id) => !counted.has(id))
  if (missing !== undefined) return spentRefusal(ctx, missing)
  const codes = [...codeOf.values()].filter((code) => code !== undefined)
  const coupons = await countCoupons(ctx, codes)
  const spentCode = codes.find((code) => !coupons.has(code))
  if (spentCode !== undefined) return refuse('COUPON_SPENT', { coupon: spentCode })
  const key = customerKey(use)
  for (const [id, promotion] of counted) {
    const limit = promotion.per_customer_limit
    if (limit !== null && key === null) return refuse('PROMOTION_NEEDS_CUSTOMER', shown(promotion, ctx))
    const code = codeOf.get(id)
    const couponId = code === undefined ? null : coupons.get(code)!
    const claimed = await insertClaim(ctx, { promotion, couponId, orderId: use.orderId, customerKey: key })
    if (!claimed) return refuse('PROMOTION_CUSTOMER_LIMIT', { ...shown(promotion, ctx), limit: limit ?? 0 })
  }
  const spent = [...counted.values()].filter((promotion) => promotion.spent)
  return ok(await limitEvents(ctx, spent))
}
