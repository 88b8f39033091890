import type { Context, NewEvent } from '@hilo/db'
import { encodeId, type Localized, localize, ok, type Refusal, type Result, type Uuid } from '@hilo/kernel'
import { spendBudgets } from './budget.ts'
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

const shown = ({ id, name }: { readonly id: Uuid; readonly name: Localized }, ctx: Context) => ({
  promotionId: encodeId('promotion', id),
  name: localize(name, ctx),
})

const spentRefusal = async (ctx: Context, id: Uuid): Promise<Refusal> => {
  const row = await ctx.db.selectFrom('promotion').select('name').where('id', '=', id).executeTakeFirst()
  return refuse('PROMOTION_SPENT', shown({ id, name: (row?.name ?? { en: '' }) as Localized }, ctx)).error
}

/**
 * The ordinal of a customer's next use: the next one, or the smallest free one where a limit counts them. Unique per
 * promotion and customer, so a limit holds however many orders come at once.
 */
const nextOrdinal = (promotionId: RawBuilder<unknown>, key: string | null, limit: RawBuilder<unknown>) => sql`
  select case
    when ${key}::text is null then 1
    when ${limit} is null then coalesce(max(ordinal), 0) + 1
    else (
      select coalesce(min(taken.ordinal + 1), 1)
      from (
        select 0 as ordinal
        union all
        select ordinal from promotion_claim
        where promotion_id = ${promotionId} and customer_key = ${key} and state = 'USED'
      ) as taken
      where not exists (
        select from promotion_claim as next
        where next.promotion_id = ${promotionId} and next.customer_key = ${key} and next.state = 'USED'
          and next.ordinal = taken.ordinal + 1
      )
    )
  end as ordinal
  from promotion_claim
  where promotion_id = ${promotionId} and customer_key = ${key} and state = 'USED'`

const TAKEN = sql`on conflict (promotion_id, customer_key, ordinal)
  where state = 'USED' and customer_key is not null do nothing`

/**
 * Uses each promotion once, in one statement. One with a limit is counted in its row, which others wait for until the
 * commit; one without is only entered in the ledger, and its row is shared. Those that have no use left are missing.
 */
const useOnce = async (ctx: Context, use: PromotionUse, codeOf: ReadonlyMap<Uuid, string | undefined>) => {
  const ids = [...codeOf.keys()].sort()
  const { rows } = await sql<Used>`
    with asked as (
      select asked.claim_id, asked.promotion_id, coupon.id as coupon_id
      from unnest(
        ${ids.map(() => newId())}::uuid[], ${ids}::uuid[], ${ids.map((id) => codeOf.get(id) ?? null)}::text[]
      ) as asked (claim_id, promotion_id, code)
      left join coupon on coupon.code = asked.code
    ), shared as (
      select id, name, published_version, per_customer_limit, false as spent from promotion
      where id = any(${ids}::uuid[]) and status = 'PUBLISHED' and usage_limit is null
      order by id for key share
    ), limited as (
      select id from promotion
      where id = any(${ids}::uuid[]) and status = 'PUBLISHED' and usage_limit is not null
      order by id for no key update
    ), counted as (
      update promotion set used = used + 1 from limited
      where promotion.id = limited.id and used < usage_limit
      returning promotion.id, name, published_version, per_customer_limit, used = usage_limit as spent
    ), used as (
      select * from shared union all select * from counted
    ), ledger as (
      insert into promotion_claim (id, promotion_id, coupon_id, order_id, customer_key, ordinal, state, at)
      select asked.claim_id, used.id, asked.coupon_id, ${use.orderId}::uuid, ${customerKey(use)}::text, next.ordinal, 'USED',
        ${ctx.now()}::timestamptz
      from used
      join asked on asked.promotion_id = used.id
      cross join lateral (
        ${nextOrdinal(sql`used.id`, customerKey(use), sql`used.per_customer_limit`)}
      ) as next
      where used.per_customer_limit is null
        or (${customerKey(use)}::text is not null and next.ordinal <= used.per_customer_limit)
      order by used.id
      ${TAKEN}
      returning promotion_id
    )
    select used.*, ledger.promotion_id is not null as claimed
    from used left join ledger on ledger.promotion_id = used.id
    order by used.id
  `.execute(ctx.db)
  return rows
}

/**
 * Enters a use in the ledger that another order of the same customer came before, looking anew each time; false when
 * the customer has none left.
 */
const claimAfterOthers = async (
  ctx: Context,
  { promotion, use, code }: { promotion: Used; use: PromotionUse; code: string | undefined },
): Promise<boolean> => {
  const limit = promotion.per_customer_limit
  for (;;) {
    const { rows } = await sql<{ ordinal: number; claimed: boolean }>`
      with next as (
        ${nextOrdinal(sql`${promotion.id}::uuid`, customerKey(use), sql`${limit}::int`)}
      ), ledger as (
        insert into promotion_claim (id, promotion_id, coupon_id, order_id, customer_key, ordinal, state, at)
        select ${newId()}::uuid, ${promotion.id}::uuid, (select id from coupon where code = ${code ?? null}),
          ${use.orderId}::uuid, ${customerKey(use)}::text, next.ordinal, 'USED', ${ctx.now()}::timestamptz
        from next
        where ${limit}::int is null or next.ordinal <= ${limit}::int
        ${TAKEN}
        returning id
      )
      select next.ordinal, exists (select from ledger) as claimed from next
    `.execute(ctx.db)
    const [{ ordinal, claimed }] = rows as [{ ordinal: number; claimed: boolean }]
    if (claimed) return true
    if (limit !== null && ordinal > limit) return false
  }
}

/** Counts one use of each coupon that has a limit and one left; returns the codes that may be used. */
const countCoupons = async (ctx: Context, codes: readonly string[]): Promise<ReadonlySet<string>> => {
  if (codes.length === 0) return new Set()
  const { rows } = await sql<{ code: string }>`
    with limited as (
      select id from coupon where code = any(${codes}::text[]) and usage_limit is not null
      order by id for no key update
    ), counted as (
      update coupon set used = used + 1 from limited
      where coupon.id = limited.id and used < usage_limit
      returning code
    )
    select code from counted
    union all
    select code from coupon where code = any(${codes}::text[]) and usage_limit is null
  `.execute(ctx.db)
  return new Set(rows.map(({ code }) => code))
}

/** Pays what the promotions take off from their budgets; gives the ids of those that have nothing left now. */
const pay = async (
  { ctx, use, applied }: Claim,
  used: readonly Used[],
): Promise<Result<ReadonlySet<Uuid>>> => {
  const amounts = new Map(
    used.flatMap(({ id, has_budget }) => (has_budget ? [[id, applied.get(id)!.amount ?? 0n] as const] : [])),
  )
  if (amounts.size === 0 || use.currency === undefined) return ok(new Set())
  const parts = await spendBudgets(ctx, { currency: use.currency, amounts })
  const short = parts.find(({ paid }) => !paid)
  if (!short) return ok(new Set(parts.flatMap(({ id, spent }) => (spent ? [id] : []))))
  return refuse(
    'PROMOTION_SPENT',
    shown(
      used.find(({ id }) => id === short.id)!,
      ctx,
    ),
  )
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
  if (codeOf.size === 0) return ok([])
  const used = await useOnce(ctx, use, codeOf)
  const missing = [...codeOf.keys()].sort().find((id) => !used.some((promotion) => promotion.id === id))
  if (missing !== undefined) return spentRefusal(ctx, missing)
  const codes = [...codeOf.values()].filter((code) => code !== undefined)
  const coupons = await countCoupons(ctx, codes)
  const spentCode = codes.find((code) => !coupons.has(code))
  if (spentCode !== undefined) return refuse('COUPON_SPENT', { coupon: spentCode })
  for (const promotion of used.filter(({ claimed }) => !claimed)) {
    const limit = promotion.per_customer_limit
    if (limit !== null && customerKey(use) === null)
      return refuse('PROMOTION_NEEDS_CUSTOMER', shown(promotion, ctx))
    if (!(await claimAfterOthers(ctx, { promotion, use, code: codeOf.get(promotion.id) })))
      return refuse('PROMOTION_CUSTOMER_LIMIT', { ...shown(promotion, ctx), limit: limit ?? 0 })
  }
  return ok(
    await limitEvents(
      ctx,
      used.filter(({ spent }) => spent),
    ),
  )
}
