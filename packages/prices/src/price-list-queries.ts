import { containing, type Executor, keyset } from '@hilo/db'
import type { CursorKey, Localized, Reach, Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { toDerivation } from './price-candidates.ts'
import type { PriceList, PriceListKind, PriceListStatus } from './price-list.ts'

/**
 * SQL: `price_list` is for every channel, or for one that is reached: it may be looked at from there, though changed only
 * by who reaches all of its channels.
 */
export const readableList = (reach: Reach): RawBuilder<SqlBool> => {
  if (reach === 'all') return sql`true`
  if (reach.length === 0) return sql`false`
  return sql`(price_list.channel_ids = '{}' or price_list.channel_ids && ${reach}::uuid[])`
}

const listRows = (db: Executor<'price_list'>, reach: Reach) =>
  db
    .selectFrom('price_list')
    .where(readableList(reach))
    .select(['id', 'code', 'name', 'kind', 'status', 'currency', 'rank', 'version'])
    .select(['market_ids', 'channel_ids', 'countries', 'customer_group_ids', 'segment_ids'])
    .select(['base_id', 'adjustment_ppm', 'rounding', 'rounding_direction'])
    .select([
      sql<Date | null>`lower(valid)`.as('valid_from'),
      sql<Date | null>`upper(valid)`.as('valid_until'),
    ])

type ListRow = Awaited<ReturnType<ReturnType<typeof listRows>['execute']>>[number]

const toList = (row: ListRow): PriceList => ({
  id: row.id,
  code: row.code,
  name: row.name as Localized,
  kind: row.kind as PriceListKind,
  status: row.status as PriceListStatus,
  currency: row.currency,
  rank: row.rank,
  version: row.version,
  marketIds: row.market_ids,
  channelIds: row.channel_ids,
  countries: row.countries,
  customerGroupIds: row.customer_group_ids,
  segmentIds: row.segment_ids,
  derivation: toDerivation({
    baseId: row.base_id,
    adjustmentPpm: row.adjustment_ppm,
    rounding: row.rounding,
    direction: row.rounding_direction,
  }),
  valid: { from: row.valid_from, until: row.valid_until },
})

/** The price lists that hold or may hold again, for all channels and for those reached, by code. */
export const allPriceLists = async (db: Executor<'price_list'>, reach: Reach): Promise<PriceList[]> => {
  const rows = await listRows(db, reach).where('status', '!=', 'ARCHIVED').orderBy('code').execute()
  return rows.map(toList)
}

/** The price lists with these ids, for all channels or for those reached. */
export const priceListsByIds = async (
  db: Executor<'price_list'>,
  reach: Reach,
  ids: readonly Uuid[],
): Promise<PriceList[]> => (await listRows(db, reach).where('id', 'in', ids).execute()).map(toList)

/** Which price lists are asked for. */
export interface ListFilter {
  /** A part of the code or of a name. */
  readonly search?: string | null | undefined
  readonly kind?: PriceListKind | null | undefined
  /** Default all but the archived. */
  readonly status?: PriceListStatus | null | undefined
}

const filtered = ({ search, kind, status }: ListFilter): RawBuilder<SqlBool> => {
  const pattern = search ? containing(search) : undefined
  return sql`${status ? sql`status = ${status}` : sql`status <> 'ARCHIVED'`}
    and ${kind ? sql`kind = ${kind}` : sql`true`}
    and ${pattern ? sql`(code ilike ${pattern} or name::text ilike ${pattern})` : sql`true`}`
}

/** A page of the price lists for all channels and for those reached, by code; the key is `[code]`. */
export const priceListPage = async (
  db: Executor<'price_list'>,
  reach: Reach,
  { after, limit, ...filter }: ListFilter & { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<PriceList[]> => {
  const found = listRows(db, reach).where(filtered(filter))
  const rows = await keyset(found, { columns: [['code', 'asc']], after, limit }).execute()
  return rows.map(toList)
}

/** How many price lists a filter finds. */
export const countPriceLists = async (
  db: Executor<'price_list'>,
  reach: Reach,
  filter: ListFilter,
): Promise<number> => {
  const { count } = await db
    .selectFrom('price_list')
    .where(readableList(reach))
    .where(filtered(filter))
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** These lists and those that they derive from, whoever may read them: what their prices follow from. */
export const listsOnTheWay = async (
  db: Executor<'price_list'>,
  ids: readonly Uuid[],
): Promise<ReadonlyMap<Uuid, PriceList>> => {
  const way = sql<boolean>`id in (
    with recursive way as (
      select id, base_id from price_list where id = any(${ids}::uuid[])
      union select base.id, base.base_id from way join price_list as base on base.id = way.base_id
    )
    select id from way)`
  const rows = await listRows(db, 'all').where(way).execute()
  return new Map(rows.map((row) => [row.id, toList(row)]))
}

/** The lists with rows of a variant and all that derive from them, whoever may read them. */
export const listsPricing = async (
  db: Executor<'price_list' | 'price'>,
  variantId: Uuid,
): Promise<ReadonlyMap<Uuid, PriceList>> => {
  const found = sql<boolean>`id in (
    with recursive found as (
      select price_list_id as id from price where variant_id = ${variantId}
      union select list.id from found join price_list as list on list.base_id = found.id
    )
    select id from found)`
  const rows = await listRows(db, 'all').where(found).execute()
  return new Map(rows.map((row) => [row.id, toList(row)]))
}
