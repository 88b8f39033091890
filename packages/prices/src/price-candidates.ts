import { type Columns, toRows } from '@hilo/db'
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

type ListFacts = Pick<PriceCandidate, 'kind'> & {
  readonly id: Uuid
  readonly marketId: Uuid | null
  readonly channelId: Uuid | null
  readonly country: string | null
  readonly customerGroupId: Uuid | null
}

/** What `priceCandidates` selects: one row with the lists that hold, and their prices. */
export interface CandidateTables {
  readonly lists: Columns<ListFacts>
  readonly prices: Columns<
    Pick<CandidateRow, 'id' | 'variantId' | 'minQuantity' | 'rank' | 'currency'> & {
      readonly priceListId: Uuid
      readonly amountMinor: number
    }
  >
}

/**
 * SQL, for `readTogether`: every price row that holds for these variants here and now: all tiers, since the quantity is
 * known only in the cart. What does not fit the audience or the time is left out. `is true` keeps the index of the
 * exclusion constraint out of a prepared plan, which believes that few rows hold at a time; nearly all do.
 */
export const priceCandidates = (
  variantIds: readonly Uuid[],
  { currency, now, channelId, marketId, country, customerGroupIds }: PriceQuestion,
): RawBuilder<CandidateTables> => sql`
  with list as materialized (
    select id, kind, market_id, channel_id, country, customer_group_id from price_list
    where valid @> ${now}::timestamptz
      and (market_id is null or market_id = ${marketId})
      and (channel_id is null or channel_id = ${channelId})
      and (country is null or country = ${country})
      and (customer_group_id is null or customer_group_id = any(${customerGroupIds}::uuid[]))
  )
  select (
    select json_build_object('id', json_agg(id), 'kind', json_agg(kind), 'marketId', json_agg(market_id),
      'channelId', json_agg(channel_id), 'country', json_agg(country), 'customerGroupId', json_agg(customer_group_id))
    from list
  ) as lists, (
    select json_build_object('id', json_agg(id), 'variantId', json_agg(variant_id), 'priceListId', json_agg(price_list_id),
      'currency', json_agg(currency), 'amountMinor', json_agg(amount_minor), 'minQuantity', json_agg(min_quantity),
      'rank', json_agg(rank))
    from price
    where variant_id = any(${variantIds}::uuid[]) and currency = ${currency}
      and (valid @> ${now}::timestamptz) is true and price_list_id in (select id from list)
  ) as prices`

/** The candidates out of the row of `priceCandidates`. */
export const toCandidates = ([tables]: readonly CandidateTables[]): CandidateRow[] => {
  if (!tables) return []
  const lists = new Map(
    toRows(tables.lists).map(({ id, kind, marketId, channelId, country, customerGroupId }) => {
      const facts = {
        priceListId: id,
        kind,
        ...(marketId && { marketId }),
        ...(channelId && { channelId }),
        ...(country && { country }),
        ...(customerGroupId && { customerGroupId }),
      }
      return [id, facts]
    }),
  )
  return toRows(tables.prices).map(({ priceListId, amountMinor, ...row }) => ({
    ...row,
    ...lists.get(priceListId)!,
    amountMinor: BigInt(amountMinor),
  }))
}

/** The candidates by variant, as the snapshot of `price` takes them. */
export const candidatesByVariant = (
  rows: readonly CandidateRow[],
): ReadonlyMap<Uuid, readonly PriceCandidate[]> => Map.groupBy(rows, ({ variantId }) => variantId)
