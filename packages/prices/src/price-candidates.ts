import { type Columns, toRows } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PriceCandidate, Rounding, RoundingDirection } from '@hilo/pricing'
import { type RawBuilder, sql } from 'kysely'
import { rowsByList } from './derived-rows.ts'
import type { ListDerivation } from './price-list.ts'

/** Whose prices are asked for, and when. */
export interface PriceQuestion {
  readonly currency: string
  readonly now: Date
  readonly channelId: Uuid
  readonly marketId: Uuid
  readonly country: string
  readonly customerGroupIds: readonly Uuid[]
  readonly segmentIds?: readonly Uuid[]
  /** True when several ask at once, each with some of these groups and segments: then what loses to another row comes too. */
  readonly forSeveral?: boolean
}

/** A row that `choosePrice` may choose. */
export interface CandidateRow extends PriceCandidate {
  readonly variantId: Uuid
}

interface ListFacts {
  readonly id: Uuid
  readonly kind: PriceCandidate['kind']
  readonly rank: number
  readonly marketIds: readonly Uuid[]
  readonly channelIds: readonly Uuid[]
  readonly countries: readonly string[]
  readonly customerGroupIds: readonly Uuid[]
  readonly segmentIds: readonly Uuid[]
  readonly baseId: Uuid | null
  readonly adjustmentPpm: number | null
  readonly rounding: Rounding | null
  readonly direction: RoundingDirection | null
  /** False for a list that only another derives from. */
  readonly holds: boolean
}

/** What `priceCandidates` selects: one row with the lists that hold, those they derive from, and their prices. */
export interface CandidateTables {
  readonly currency: string
  readonly lists: Columns<ListFacts>
  readonly prices: Columns<{
    readonly preference: string
    readonly variantId: Uuid
    readonly minQuantity: number
    readonly maxQuantity: number | null
  }>
}

/** SQL: an audience of a list leaves nobody out, or has one of these. */
const isFor = (column: string, type: string, asked: readonly string[]): RawBuilder<boolean> =>
  sql`(${sql.ref(column)} = '{}' or ${sql.ref(column)} && ${asked}::${sql.raw(type)}[])`

const columns = sql.raw(`id, kind, rank, market_ids, channel_ids, countries, customer_group_ids, segment_ids,
    base_id, adjustment_ppm, rounding, rounding_direction`)

/** SQL: the ends of what `preference` says of the rows of a list, made once for each list. */
const ends = sql.raw(`(900 - rank) * 10000000000000000 as head, id::text as tail`)

/**
 * SQL: a row of `price` with its list as a text of which the least is the row to choose: of the highest rank, then of the
 * least amount. To sort the rows instead takes longer than to find them.
 */
const preference = sql.raw(`((list.head + amount_minor)::text || price.id || list.tail) collate "C"`)

/** Out of `preference`: three digits of the rank, sixteen of the amount, the ids of row and list. */
const preferred = (text: string) => ({
  id: text.slice(19, 55) as Uuid,
  priceListId: text.slice(55) as Uuid,
  amountMinor: BigInt(text.slice(3, 19)),
})

/** SQL: the components of those of these variants that are bundles and cost what these do. */
const componentIds = (variantIds: readonly Uuid[]): RawBuilder<Uuid[]> => sql`array(
  select component_id from bundle_component join variant bundle on bundle.id = bundle_id
  where bundle_id = any(${variantIds}::uuid[]) and bundle.bundle_reduction_ppm is not null
)`

/**
 * SQL, for `readTogether`: the price rows that may be chosen for these variants here and now, and
 * for the components of bundles that cost what these do, in all tiers, since the
 * quantity is known only in the cart. What does not fit the audience or the time is left out, and of the rows for the same
 * quantities all but the best; of sales and of other prices each, since the one is shown against the other. Rows that
 * follow from others, or that others follow from, come whole: what they amount to is worked out by `toCandidates`.
 * `coalesce` keeps a prepared plan from believing that few lists and rows hold at a time, for which it would sort, and
 * take the index of the exclusion constraint; nearly all do.
 */
export const priceCandidates = (
  variantIds: readonly Uuid[],
  {
    currency,
    now,
    channelId,
    marketId,
    country,
    customerGroupIds,
    segmentIds = [],
    forSeveral,
  }: PriceQuestion,
): RawBuilder<CandidateTables> => sql`
  with recursive holding as materialized (
    select ${columns} from price_list
    where status = 'ACTIVE' and currency = ${currency} and coalesce(valid @> ${now}::timestamptz, false)
      and ${isFor('market_ids', 'uuid', [marketId])} and ${isFor('channel_ids', 'uuid', [channelId])}
      and ${isFor('countries', 'text', [country])} and ${isFor('segment_ids', 'uuid', segmentIds)}
      and ${isFor('customer_group_ids', 'uuid', customerGroupIds)}
  ), base as (
    select base_id as id from holding where base_id is not null
    union
    select base_id from base join price_list using (id) where base_id is not null
  ), list as materialized (
    select ${columns}, ${ends}, true as holds, base_id is null and id not in (select id from base) as alone
    from holding
    union all
    select ${columns}, ${ends}, false, false from price_list
    where id in (select id from base except select id from holding)
  ), asked as (
    select distinct unnest(${variantIds}::uuid[] || ${componentIds(variantIds)}) as id
  ), best as materialized (
    select variant_id, min_quantity, max_quantity, min(${preference}) as preference
    from asked
    join price on variant_id = asked.id and currency = ${currency} and coalesce(valid @> ${now}::timestamptz, false)
    join list on list.id = price_list_id
    group by variant_id, list.kind = 'SALE', min_quantity, max_quantity,
      ${forSeveral ? sql`price.id` : sql`case when list.alone then null else price.id end`}
  )
  select (
    select json_build_object('id', json_agg(id), 'kind', json_agg(kind), 'rank', json_agg(rank),
      'marketIds', json_agg(market_ids), 'channelIds', json_agg(channel_ids), 'countries', json_agg(countries),
      'customerGroupIds', json_agg(customer_group_ids), 'segmentIds', json_agg(segment_ids), 'baseId', json_agg(base_id),
      'adjustmentPpm', json_agg(adjustment_ppm), 'rounding', json_agg(rounding),
      'direction', json_agg(rounding_direction), 'holds', json_agg(holds))
    from list where not alone or tail in (select right(preference, 36) from best)
  ) as lists, (
    select json_build_object('preference', json_agg(preference), 'variantId', json_agg(variant_id),
      'minQuantity', json_agg(min_quantity), 'maxQuantity', json_agg(max_quantity))
    from best
  ) as prices, ${currency}::text as currency`

/** How the prices of a list follow from another's, out of its columns; null when they do not. */
export const toDerivation = (list: {
  readonly baseId: Uuid | null
  readonly adjustmentPpm: number | null
  readonly rounding: string | null
  readonly direction: string | null
}): ListDerivation | null =>
  list.baseId === null
    ? null
    : {
        baseId: list.baseId,
        adjustmentPpm: list.adjustmentPpm ?? 0,
        rounding: (list.rounding ?? 'NONE') as Rounding,
        direction: (list.direction ?? 'NEAREST') as RoundingDirection,
      }

const someOf = <Name extends string>(name: Name, ids: readonly string[]) =>
  (ids.length === 0 ? {} : { [name]: ids }) as { readonly [Key in Name]?: readonly string[] }

/** What the candidates of a list have in common. */
export const audienceOf = (
  list: Pick<ListFacts, 'marketIds' | 'channelIds' | 'countries' | 'customerGroupIds' | 'segmentIds'>,
) => ({
  ...someOf('marketId', list.marketIds),
  ...someOf('channelId', list.channelIds),
  ...someOf('country', list.countries),
  ...someOf('customerGroupId', list.customerGroupIds),
  ...someOf('segmentId', list.segmentIds),
})

type PriceRow = Omit<CandidateRow, 'rank' | 'maxQuantity'> & {
  readonly priceListId: Uuid
  readonly maxQuantity: number | null
  readonly fromQuantity?: number
}

const toCandidate = (row: PriceRow) => ({
  id: row.id,
  variantId: row.variantId,
  priceListId: row.priceListId,
  currency: row.currency,
  amountMinor: row.amountMinor,
  minQuantity: row.minQuantity,
  ...(row.maxQuantity !== null && { maxQuantity: row.maxQuantity }),
  ...(row.fromQuantity !== undefined && { fromQuantity: row.fromQuantity }),
})

/** The candidates out of the row of `priceCandidates`, with the prices that follow from other lists. */
export const toCandidates = ([tables]: readonly CandidateTables[]): CandidateRow[] => {
  if (!tables) return []
  const found = toRows(tables.lists)
  const lists = new Map(found.map((list) => [list.id, { id: list.id, derivation: toDerivation(list) }]))
  const prices = toRows(tables.prices).map(({ preference: text, ...row }) => ({
    ...row,
    ...preferred(text),
    currency: tables.currency,
  }))
  const rowsOf = rowsByList(lists, prices, () => true)
  return found
    .filter(({ holds }) => holds)
    .flatMap((list) => {
      const facts = { kind: list.kind, rank: list.rank, ...audienceOf(list) }
      return rowsOf(list.id).flatMap((row) => (row.overridden ? [] : [{ ...toCandidate(row), ...facts }]))
    })
}

/** The candidates by variant, as the snapshot of `price` takes them. */
export const candidatesByVariant = (
  rows: readonly CandidateRow[],
): ReadonlyMap<Uuid, readonly PriceCandidate[]> => Map.groupBy(rows, ({ variantId }) => variantId)
