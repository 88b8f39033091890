import type { Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
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

const listRows = (db: Executor<'price_list'>) =>
  db
    .selectFrom('price_list')
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

/** Every price list, by code. */
export const allPriceLists = async (db: Executor<'price_list'>): Promise<PriceList[]> =>
  (await listRows(db).execute()).map(toList)

/** The price lists with these ids. */
export const priceListsByIds = async (
  db: Executor<'price_list'>,
  ids: readonly Uuid[],
): Promise<PriceList[]> => (await listRows(db).where('id', 'in', ids).execute()).map(toList)

const priceRows = (db: Executor<'price'>) =>
  db
    .selectFrom('price')
    .select(['id', 'price_list_id', 'variant_id', 'currency', 'amount_minor', 'min_quantity'])
    .select([from.as('valid_from'), until.as('valid_until')])

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

/** The price rows with these ids. */
export const pricesByIds = async (db: Executor<'price'>, ids: readonly Uuid[]): Promise<Price[]> =>
  (await priceRows(db).where('id', 'in', ids).execute()).map(toPrice)

/** Every price row of these variants, in every list, the highest rank first. */
export const pricesOfVariants = async (
  db: Executor<'price'>,
  variantIds: readonly Uuid[],
): Promise<Price[]> => {
  const rows = await priceRows(db)
    .where('variant_id', 'in', variantIds)
    .orderBy('variant_id')
    .orderBy('currency')
    .orderBy('rank', 'desc')
    .orderBy('min_quantity')
    .orderBy('id')
    .execute()
  return rows.map(toPrice)
}
