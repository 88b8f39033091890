import type { Executor } from '@hilo/db'
import type { CursorKey, Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import { rowsByList } from './derived-rows.ts'
import { listsOnTheWay } from './price-list-queries.ts'
import type { Price } from './price-queries.ts'

/** A price as a list has it: a row of its own, or one that follows from the row of another. */
export interface ListedPrice extends Price {
  /** The list whose page it is on. */
  readonly listId: Uuid
  /** True when the amount follows from a row of the list that this one derives from. */
  readonly derived: boolean
}

interface Row extends Omit<Price, 'valid'> {
  readonly listId: Uuid
  readonly from: Date | null
  readonly until: Date | null
}

/** SQL: the lists on the way from each list asked, with how many steps away. */
const ways = (listIds: readonly Uuid[]): RawBuilder<unknown> => sql`
  recursive way as (
    select id as list_id, id, base_id, 0 as step from price_list where id = any(${listIds}::uuid[])
    union all
    select way.list_id, base.id, base.base_id, step + 1 from way join price_list as base on base.id = way.base_id
  )`

/** SQL: `row` of `at` is not stood for, all its time, by a row of a list nearer by. */
const stands = sql`not exists (
  select from way as nearer
  join price as other on other.price_list_id = nearer.id
  where nearer.list_id = at.list_id and nearer.step < at.step and other.variant_id = row.variant_id
    and other.min_quantity = row.min_quantity and other.valid @> row.valid)`

/** A cursor of a page: variant, quantity, row. */
const isAfter = (after: CursorKey | undefined): RawBuilder<boolean> =>
  after
    ? sql`(row.variant_id, row.min_quantity, row.id) > (${after[0]}::uuid, ${after[1]}::int, ${after[2]}::uuid)`
    : sql`true`

interface ListsAsked {
  readonly listIds: readonly Uuid[]
  /** Only their prices. */
  readonly variantIds?: readonly Uuid[] | undefined
}

/** SQL: a price of these variants; without them, of any. */
const isOf = (variantIds: readonly Uuid[] | undefined): RawBuilder<boolean> =>
  variantIds ? sql`row.variant_id = any(${variantIds}::uuid[])` : sql`true`

/**
 * The same page of the prices of several lists, by variant and quantity, with those that follow from other lists; the key
 * is `[variant id, minimum quantity, row id]`. Two statements, whatever the number of lists.
 */
export const listPricePages = async (
  db: Executor<'price' | 'price_list'>,
  {
    listIds,
    variantIds,
    after,
    limit,
  }: ListsAsked & { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<ListedPrice[]> => {
  const { rows } = await sql<Row>`
    with ${ways(listIds)}
    select asked.id as "listId", page.*
    from unnest(${listIds}::uuid[]) as asked(id)
    cross join lateral (
      select row.id, row.price_list_id as "priceListId", row.variant_id as "variantId", row.currency,
        row.amount_minor as "amountMinor", row.min_quantity as "minQuantity", row.max_quantity as "maxQuantity",
        lower(row.valid) as from, upper(row.valid) as until
      from way as at join price as row on row.price_list_id = at.id
      where at.list_id = asked.id and ${isAfter(after)} and ${isOf(variantIds)} and (at.step = 0 or ${stands})
      order by row.variant_id, row.min_quantity, row.id limit ${limit}
    ) as page
    order by asked.id, page."variantId", page."minQuantity", page.id`.execute(db)
  const lists = await listsOnTheWay(db, listIds)
  return rows.map(({ from, until, ...row }) => {
    // Each alone: that others stand for it here or there, the statement has said.
    const [price] = rowsByList(lists, [row], () => false)(row.listId)
    return { ...row, ...price!, valid: { from, until } }
  })
}

/** How many prices a list has, with those that follow from other lists. */
export const countListPrices = async (
  db: Executor<'price' | 'price_list'>,
  { listIds, variantIds }: ListsAsked,
): Promise<{ readonly listId: Uuid; readonly count: number }[]> => {
  const { rows } = await sql<{ listId: Uuid; count: number }>`
    with ${ways(listIds)}
    select at.list_id as "listId", count(*)::int as count
    from way as at join price as row on row.price_list_id = at.id
    where ${isOf(variantIds)} and (at.step = 0 or ${stands}) group by at.list_id`.execute(db)
  return rows
}
