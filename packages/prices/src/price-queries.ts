import type { Executor } from '@hilo/db'
import type { Reach, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Period } from './period.ts'
import { readableList } from './price-list-queries.ts'

/** A row of a price list: what one unit of a variant costs from a quantity on. */
export interface Price {
  readonly id: Uuid
  readonly priceListId: Uuid
  readonly variantId: Uuid
  readonly currency: string
  readonly amountMinor: bigint
  readonly minQuantity: number
  /** Up to this quantity; null is without end. */
  readonly maxQuantity: number | null
  readonly valid: Period
}

const priceRows = (db: Executor<'price' | 'price_list'>, reach: Reach) =>
  db
    .selectFrom('price')
    .innerJoin('price_list', 'price_list.id', 'price.price_list_id')
    .where(readableList(reach))
    .select(['price.id', 'price_list_id', 'variant_id', 'price.currency', 'amount_minor'])
    .select(['min_quantity', 'max_quantity'])
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
  maxQuantity: row.max_quantity,
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
    .orderBy('price_list.rank', 'desc')
    .orderBy('min_quantity')
    .orderBy('price.id')
    .execute()
  return rows.map(toPrice)
}

/** All rows of these variants in these lists, whoever may read them, in one statement. */
export const pricesInLists = async (
  db: Executor<'price' | 'price_list'>,
  { listIds, variantIds }: { readonly listIds: readonly Uuid[]; readonly variantIds: readonly Uuid[] },
): Promise<Price[]> => {
  const rows = await priceRows(db, 'all')
    .where(sql<boolean>`variant_id = any(${variantIds}::uuid[]) and price_list_id = any(${listIds}::uuid[])`)
    .execute()
  return rows.map(toPrice)
}
