import type { Uuid } from '@hilo/kernel'
import type { PriceCandidate } from '@hilo/pricing'
import { type RawBuilder, sql } from 'kysely'

/** Whose prices are asked for, and when. */
export interface PriceQuestion {
  readonly currency: string
  readonly now: Date
  readonly channelId: Uuid
  readonly marketId: Uuid
  readonly country: string
  readonly customerGroupIds: readonly Uuid[]
}

/** A row that `choosePrice` may choose. */
export interface CandidateRow extends PriceCandidate {
  readonly variantId: Uuid
}

/** A candidate as `priceCandidates` selects it. */
export interface CandidateJson {
  readonly id: Uuid
  readonly variantId: Uuid
  readonly priceListId: Uuid
  readonly currency: string
  readonly amountMinor: string
  readonly minQuantity: number
  readonly rank: number
  readonly kind: string
  readonly marketId: Uuid | null
  readonly channelId: Uuid | null
  readonly country: string | null
  readonly customerGroupId: Uuid | null
}

/**
 * SQL, for `readTogether`: every price row that holds for these variants here and now, the likeliest first: all tiers,
 * since the quantity is known only in the cart. What does not fit the audience or the time is left out.
 */
export const priceCandidates = (
  variantIds: readonly Uuid[],
  { currency, now, channelId, marketId, country, customerGroupIds }: PriceQuestion,
): RawBuilder<CandidateJson> => sql`
  select price.id, price.variant_id as "variantId", price.price_list_id as "priceListId", price.currency,
    price.amount_minor::text as "amountMinor", price.min_quantity as "minQuantity", price.rank, price_list.kind,
    price_list.market_id as "marketId", price_list.channel_id as "channelId", price_list.country,
    price_list.customer_group_id as "customerGroupId"
  from price join price_list on price_list.id = price.price_list_id
  where price.variant_id = any(${variantIds}::uuid[]) and price.currency = ${currency}
    and price.valid @> ${now}::timestamptz and price_list.valid @> ${now}::timestamptz
    and (price_list.market_id is null or price_list.market_id = ${marketId})
    and (price_list.channel_id is null or price_list.channel_id = ${channelId})
    and (price_list.country is null or price_list.country = ${country})
    and (price_list.customer_group_id is null or price_list.customer_group_id = any(${customerGroupIds}::uuid[]))
  order by price.variant_id, price.rank desc, price.min_quantity desc, price.amount_minor, price.id`

/** A candidate out of its JSON. */
export const toCandidate = (row: CandidateJson): CandidateRow => ({
  id: row.id,
  variantId: row.variantId,
  priceListId: row.priceListId,
  currency: row.currency,
  amountMinor: BigInt(row.amountMinor),
  minQuantity: row.minQuantity,
  rank: row.rank,
  kind: row.kind as PriceCandidate['kind'],
  ...(row.marketId && { marketId: row.marketId }),
  ...(row.channelId && { channelId: row.channelId }),
  ...(row.country && { country: row.country }),
  ...(row.customerGroupId && { customerGroupId: row.customerGroupId }),
})

/** The candidates by variant, as the snapshot of `price` takes them. */
export const candidatesByVariant = (
  rows: readonly CandidateRow[],
): ReadonlyMap<Uuid, readonly PriceCandidate[]> => Map.groupBy(rows, ({ variantId }) => variantId)
