import type { Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import type { Option, OptionValue } from './product.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from './visibility.ts'

type Tables = 'option' | 'option_value' | VisibilityTables

const optionRows = (db: Executor<Tables>) =>
  db
    .selectFrom('option')
    .innerJoin('product', 'product.id', 'option.product_id')
    .leftJoin('option_value', 'option_value.option_id', 'option.id')
    .select([
      'option.id',
      'option.product_id',
      'option.code',
      'option.name',
      'option_value.id as value_id',
      'option_value.code as value_code',
      'option_value.name as value_name',
    ])
    .orderBy('option.position')
    .orderBy('option.id')
    .orderBy('option_value.position')
    .orderBy('option_value.id')

type Row = Awaited<ReturnType<ReturnType<typeof optionRows>['execute']>>[number]

const toOptions = (rows: readonly Row[]): Option[] =>
  [...Map.groupBy(rows, (row) => row.id).values()].map((group) => {
    const { id, product_id, code, name } = group[0]!
    const values = group.flatMap((row): OptionValue[] =>
      row.value_id ? [{ id: row.value_id, code: row.value_code!, name: row.value_name as Localized }] : [],
    )
    return { id, productId: product_id, code, name: name as Localized, values }
  })

/** The options of these products with their values, in one statement. The caller has seen the products. */
export const optionsOfProducts = async (
  db: Executor<Tables>,
  productIds: readonly Uuid[],
): Promise<Option[]> => toOptions(await optionRows(db).where('option.product_id', 'in', productIds).execute())

/** The options with these ids, and their values, whose product may be seen from here. */
export const optionsByIds = async (
  db: Executor<Tables>,
  view: Viewpoint,
  ids: readonly Uuid[],
): Promise<Option[]> =>
  toOptions(await optionRows(db).where('option.id', 'in', ids).where(isVisible(view)).execute())

/** The option values with these ids whose product may be seen from here. */
export const optionValuesByIds = async (
  db: Executor<Tables>,
  view: Viewpoint,
  ids: readonly Uuid[],
): Promise<OptionValue[]> => {
  const rows = await db
    .selectFrom('option_value')
    .innerJoin('option', 'option.id', 'option_value.option_id')
    .innerJoin('product', 'product.id', 'option.product_id')
    .select(['option_value.id', 'option_value.code', 'option_value.name'])
    .where('option_value.id', 'in', ids)
    .where(isVisible(view))
    .execute()
  return rows.map((row) => ({ id: row.id, code: row.code, name: row.name as Localized }))
}
