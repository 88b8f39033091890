import type { Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import type { PromotionInput } from '@hilo/pricing'
import { type RawBuilder, sql } from 'kysely'
import { compiledKeys, compiledVersion, versionKey } from './compiled-promotions.ts'

/** Which promotions a request looks at beside the automatic ones, and whose uses count. */
export interface Asker {
  /** Promotions that a coupon of the cart starts. */
  readonly couponed?: readonly Uuid[]
  /** See `customerKey`; null for a guest who has not said who they are. */
  readonly customerKey?: string | null
}

/** A row of `publishedPromotions`. */
export interface PublishedRow {
  readonly id: Uuid
  readonly version: number
  readonly name: Localized
  readonly limit_reached: boolean
  readonly customer_limit_reached: boolean
  /** Null when this process has compiled the version before. */
  readonly definition: unknown
}

/**
 * SQL, for `readTogether`: the published promotions that can matter to a request, with what is known of their use:
 * automatic ones, and those that its coupons start. Definitions travel once per process and version; which version is
 * published is read each time, so a publication holds at once in every process.
 */
export const publishedPromotions = ({
  couponed = [],
  customerKey = null,
}: Asker = {}): RawBuilder<PublishedRow> => sql`
  select promotion.id, published.version, promotion.name,
    coalesce(promotion.used >= promotion.usage_limit, false) as limit_reached,
    promotion.per_customer_limit is not null and ${customerKey}::text is not null and (
      select count(*) from promotion_claim
      where promotion_claim.promotion_id = promotion.id
        and promotion_claim.customer_key = ${customerKey} and promotion_claim.state = 'USED'
    ) >= promotion.per_customer_limit as customer_limit_reached,
    case when promotion.id || ':' || published.version <> all(${compiledKeys()}::text[])
      then published.definition end as definition
  from promotion
  join promotion_version as published
    on published.promotion_id = promotion.id and published.version = promotion.published_version
  where promotion.status = 'PUBLISHED'
    and (published.definition->>'trigger' = 'AUTOMATIC' or promotion.id = any(${couponed}::uuid[]))
  order by promotion.id`

/** Promotions ready for `price`, out of the rows of `publishedPromotions`. */
export const toPromotionInputs = (rows: readonly PublishedRow[]): PromotionInput[] =>
  rows.map((row) => ({
    id: row.id,
    version: row.version,
    name: row.name,
    compiled: compiledVersion(versionKey(row), row.definition),
    limitReached: row.limit_reached,
    customerLimitReached: row.customer_limit_reached,
  }))

/** `publishedPromotions` in a statement of its own. */
export const activePromotions = async (
  db: Executor<'promotion' | 'promotion_version' | 'promotion_claim'>,
  asker?: Asker,
): Promise<PromotionInput[]> => toPromotionInputs((await publishedPromotions(asker).execute(db)).rows)
