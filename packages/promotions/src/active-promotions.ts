import type { Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import type { PromotionInput } from '@hilo/pricing'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { isOpenFor, type OfferOwner } from './offer-queries.ts'
import { compiledKeys, compiledVersion, versionKey } from './compiled-promotions.ts'

/** Which promotions a request looks at beside the automatic ones, and whose uses count. */
export interface Asker {
  /** Promotions that a coupon of the cart starts. */
  readonly couponed?: readonly Uuid[]
  /** Whose offers start promotions. */
  readonly offered?: OfferOwner
  /** See `customerKey`; null for a guest who has not said who they are. */
  readonly customerKey?: string | null
  /** What this cart holds is its own to use. */
  readonly cartId?: Uuid | null
  /** Of the market: what budgets are looked at in. */
  readonly currency?: string
  /** Holds that expired by then are nobody's. Absent: all holds count. */
  readonly now?: Date
}

/** What published promotions are read from. */
export type PromotionTables = 'promotion' | 'promotion_version' | 'promotion_claim' | 'promotion_budget'

/** A row of `publishedPromotions`. */
export interface PublishedRow {
  readonly id: Uuid
  readonly version: number
  readonly name: Localized
  /** True of one that is withheld. */
  readonly paused: boolean
  readonly limit_reached: boolean
  /** When the first use that a cart keeps can be had again at the latest; null when none is kept. */
  readonly held_until: string | Date | null
  readonly customer_limit_reached: boolean
  /** Minor units as text, in the currency asked for; null without a budget in it. */
  readonly budget_left: string | null
  /** True when it has budgets, but none in the currency asked for. */
  readonly budget_elsewhere: boolean
  /** Null when this process has compiled the version before. */
  readonly definition: unknown
}

/** SQL: a hold that is the cart's own, or has expired: its use can be had. */
export const freeToUse = ({
  cartId,
  now,
}: {
  readonly cartId?: Uuid | null
  readonly now?: Date | undefined
}): RawBuilder<SqlBool> => sql`hold.state = 'HELD'
  and (hold.cart_id = ${cartId ?? null}::uuid or hold.expires_at <= ${now ?? null}::timestamptz)`

/**
 * SQL, for `readTogether`: the published promotions that can matter to a request, with what is known of their use:
 * automatic ones, and those that its coupons and offers start, also when they are paused. Definitions travel once per
 * process and version; which version is published is read each time, so a publication holds at once in every process.
 */
export const publishedPromotions = ({
  couponed = [],
  offered,
  customerKey = null,
  cartId = null,
  currency,
  now,
}: Asker = {}): RawBuilder<PublishedRow> => sql`
  select promotion.id, published.version, promotion.name, promotion.status = 'PAUSED' as paused,
    coalesce(promotion.used >= promotion.usage_limit, false) and promotion.used - (
      select count(*) from promotion_claim as hold
      where hold.promotion_id = promotion.id and ${freeToUse({ cartId, now })}
    ) >= promotion.usage_limit as limit_reached,
    case when promotion.used >= promotion.usage_limit then (
      select min(hold.expires_at) from promotion_claim as hold
      where hold.promotion_id = promotion.id and hold.state = 'HELD' and hold.expires_at > ${now ?? null}::timestamptz
    ) end as held_until,
    promotion.per_customer_limit is not null and ${customerKey}::text is not null and (
      select count(*) from promotion_claim
      where promotion_claim.promotion_id = promotion.id
        and promotion_claim.customer_key = ${customerKey} and promotion_claim.state = 'USED'
    ) >= promotion.per_customer_limit as customer_limit_reached,
    (budget.amount_minor - budget.spent_minor)::text as budget_left,
    budget.promotion_id is null and exists (
      select from promotion_budget as other where other.promotion_id = promotion.id
    ) as budget_elsewhere,
    case when promotion.id || ':' || published.version <> all(${compiledKeys()}::text[])
      then published.definition end as definition
  from promotion
  join promotion_version as published
    on published.promotion_id = promotion.id and published.version = promotion.published_version
  left join promotion_budget as budget
    on budget.promotion_id = promotion.id and budget.currency = ${currency ?? null}
  where promotion.status in ('PUBLISHED', 'PAUSED')
    and (promotion.status = 'PUBLISHED' and published.definition->>'trigger' = 'AUTOMATIC'
      or promotion.id = any(${couponed}::uuid[])
      ${isOffered(offered)})
  order by promotion.id`

const isOffered = (owner: OfferOwner | undefined): RawBuilder<unknown> =>
  owner && (owner.customerId || owner.deviceId)
    ? sql`or promotion.id in (select promotion_offer.promotion_id from promotion_offer where ${isOpenFor(owner)})`
    : sql``

/** Promotions ready for `price`, out of the rows of `publishedPromotions`. */
export const toPromotionInputs = (rows: readonly PublishedRow[], currency?: string): PromotionInput[] =>
  rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    compiled: compiledVersion(versionKey(row), row.definition),
    ...(row.paused && { paused: true }),
    limitReached: row.limit_reached,
    ...(row.held_until && { heldUntil: new Date(row.held_until).toISOString() }),
    customerLimitReached: row.customer_limit_reached,
    budgetSpent: row.budget_elsewhere || (row.budget_left !== null && BigInt(row.budget_left) <= 0n),
    ...(row.budget_left !== null &&
      currency && { budgetLeft: { amountMinor: BigInt(row.budget_left), currency } }),
  }))

/** `publishedPromotions` in a statement of its own. */
export const activePromotions = async (
  db: Executor<PromotionTables>,
  asker?: Asker,
): Promise<PromotionInput[]> =>
  toPromotionInputs((await publishedPromotions(asker).execute(db)).rows, asker?.currency)
