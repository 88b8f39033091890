import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PriceCandidate } from '@hilo/pricing'
import { sql } from 'kysely'

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

/**
 * Every price row that holds for these variants here and now, in one statement, the likeliest first: all tiers, since
 * the quantity is known only in the cart. What does not fit the audience or the time is left out.
 */
export const priceCandidates = async (
  db: Executor<'price' | 'price_list'>,
  variantIds: readonly Uuid[],
  question: PriceQuestion,
): Promise<CandidateRow[]> => {
  if (variantIds.length === 0) return []
  const { currency, now, channelId, marketId, country, customerGroupIds } = question
  const rows = await db
    .selectFrom('price')
    .innerJoin('price_list', 'price_list.id', 'price.price_list_id')
    .select([
      'price.id',
      'price.variant_id',
      'price.price_list_id',
      'price.currency',
      'price.amount_minor',
      'price.min_quantity',
      'price.rank',
      'price_list.kind',
      'price_list.market_id',
      'price_list.channel_id',
      'price_list.country',
      'price_list.customer_group_id',
    ])
    .where('price.variant_id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .where('price.currency', '=', currency)
    .where(sql<boolean>`price.valid @> ${now}::timestamptz and price_list.valid @> ${now}::timestamptz`)
    .where(sql<boolean>`(price_list.market_id is null or price_list.market_id = ${marketId})`)
    .where(sql<boolean>`(price_list.channel_id is null or price_list.channel_id = ${channelId})`)
    .where(sql<boolean>`(price_list.country is null or price_list.country = ${country})`)
    .where(
      sql<boolean>`(price_list.customer_group_id is null or price_list.customer_group_id = any(${customerGroupIds}::uuid[]))`,
    )
    .orderBy('price.variant_id')
    .orderBy('price.rank', 'desc')
    .orderBy('price.min_quantity', 'desc')
    .orderBy('price.amount_minor')
    .orderBy('price.id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    variantId: row.variant_id,
    priceListId: row.price_list_id,
    currency: row.currency,
    amountMinor: row.amount_minor,
    minQuantity: row.min_quantity,
    rank: row.rank,
    kind: row.kind as PriceCandidate['kind'],
    ...(row.market_id && { marketId: row.market_id }),
    ...(row.channel_id && { channelId: row.channel_id }),
    ...(row.country && { country: row.country }),
    ...(row.customer_group_id && { customerGroupId: row.customer_group_id }),
  }))
}

/** The candidates by variant, as the snapshot of `price` takes them. */
export const candidatesByVariant = (
  rows: readonly CandidateRow[],
): ReadonlyMap<Uuid, readonly PriceCandidate[]> => Map.groupBy(rows, ({ variantId }) => variantId)
