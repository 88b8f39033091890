import { type Executor, withinOrShared } from '@hilo/db'
import type { Localized, Reach, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Period } from './period.ts'
import type { PriceList, PriceListKind } from './price-list.ts'

/** A row of a price list: what one unit of a variant costs from a quantity on. */
export interface Price {
  readonly id: Uuid
  readonly priceListId: Uuid
  readonly variantId: Uuid
  readonly currency: string
  readonly amountMinor: bigint
  readonly minQuantity: number
  readonly valid: Period
}

const from = sql<Date | null>`lower(valid)`
const until = sql<Date | null>`upper(valid)`

const listRows = (db: Executor<'price_list'>, reach: Reach) =>
  db
    .selectFrom('price_list')
    .where(withinOrShared(reach, 'price_list.channel_id'))
    .select([
      'id',
      'code',
      'name',
      'kind',
      'currency',
      'market_id',
      'channel_id',
      'country',
      'customer_group_id',
      'rank',
    ])
    .select([from.as('valid_from'), until.as('valid_until')])
    .orderBy('code')

type ListRow = Awaited<ReturnType<ReturnType<typeof listRows>['execute']>>[number]

const toList = (row: ListRow): PriceList => ({
  id: row.id,
  code: row.code,
  name: row.name as Localized,
  kind: row.kind as PriceListKind,
  currency: row.currency,
  marketId: row.market_id,
  channelId: row.channel_id,
  country: row.country,
  customerGroupId: row.customer_group_id,
  rank: row.rank,
  valid: { from: row.valid_from, until: row.valid_until },
})

/** The price lists for all channels and for those reached, by code. */
export const allPriceLists = async (db: Executor<'price_list'>, reach: Reach): Promise<PriceList[]> =>
  (await listRows(db, reach).execute()).map(toList)

/** The price lists with these ids, for all channels or for those reached. */
export const priceListsByIds = async (
  db: Executor<'price_list'>,
  reach: Reach,
  ids: readonly Uuid[],
): Promise<PriceList[]> => (await listRows(db, reach).where('id', 'in', ids).execute()).map(toList)

const priceRows = (db: Executor<'price' | 'price_list'>, reach: Reach) =>
  db
    .selectFrom('price')
    .innerJoin('price_list', 'price_list.id', 'price.price_list_id')
    .where(withinOrShared(reach, 'price_list.channel_id'))
    .select(['price.id', 'price_list_id', 'variant_id', 'price.currency', 'amount_minor', 'min_quantity'])
    .select([
      sql<Date | null>`lower(price.valid)`.as('valid_from'),
      sql<Date | null>`upper(price.valid)`.as('valid_until'),
    ])

type PriceRow = Awaited<ReturnType<ReturnType<typeof priceRows>['execute']>>[number]

const toPrice = (row: PriceRow): Price => ({
  id: row.id,
  priceListId: row.price_list_id,
  variantId: row.variant_id,
  currency: row.currency,
  amountMinor: row.amount_minor,
  minQuantity: row.min_quantity,
  valid: { from: row.valid_from, until: row.valid_until },
})

/** The price rows with these ids, in the lists that the reach may read. */
export const pricesByIds = async (
  db: Executor<'price' | 'price_list'>,
  reach: Reach,
  ids: readonly Uuid[],
): Promise<Price[]> => (await priceRows(db, reach).where('price.id', 'in', ids).execute()).map(toPrice)

/** The price rows of these variants in every list that the reach may read, the highest rank first. */
export const pricesOfVariants = async (
  db: Executor<'price' | 'price_list'>,
  reach: Reach,
  variantIds: readonly Uuid[],
): Promise<Price[]> => {
  const rows = await priceRows(db, reach)
    .where('variant_id', 'in', variantIds)
    .orderBy('variant_id')
    .orderBy('price.currency')
    .orderBy('price.rank', 'desc')
    .orderBy('min_quantity')
    .orderBy('price.id')
    .execute()
  return rows.map(toPrice)
}
