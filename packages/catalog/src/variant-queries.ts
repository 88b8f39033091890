import type { DB, Executor } from '@hilo/db'
import { type Localized, storable, type Uuid } from '@hilo/kernel'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { OptionValue, Variant } from './product.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from './visibility.ts'

const COLUMNS = [
  'variant.id',
  'variant.product_id',
  'variant.sku',
  'variant.name',
  'variant.version',
] as const

const toVariant = (
  row: Pick<Selectable<DB['variant']>, 'id' | 'product_id' | 'sku' | 'name' | 'version'>,
): Variant => ({
  id: row.id,
  productId: row.product_id,
  sku: row.sku,
  name: row.name as Localized,
  version: row.version,
})

const visibleVariants = (db: Executor<VisibilityTables | 'variant'>, view: Viewpoint) =>
  db
    .selectFrom('variant')
    .innerJoin('product', 'product.id', 'variant.product_id')
    .select(COLUMNS)
    .where(isVisible(view))

/** The variants with these ids whose product may be seen from here. */
export const variantsByIds = async (
  db: Executor<VisibilityTables | 'variant'>,
  view: Viewpoint,
  ids: readonly Uuid[],
): Promise<Variant[]> =>
  (await visibleVariants(db, view).where('variant.id', 'in', ids).execute()).map(toVariant)

/** The variants with these SKUs whose product may be seen from here. */
export const variantsBySkus = async (
  db: Executor<VisibilityTables | 'variant'>,
  view: Viewpoint,
  skus: readonly string[],
): Promise<Variant[]> =>
  (await visibleVariants(db, view).where('variant.sku', 'in', skus.map(storable)).execute()).map(toVariant)

/** The variants of these products, in their order. The caller has seen the products. */
export const variantsOfProducts = async (
  db: Executor<'variant'>,
  productIds: readonly Uuid[],
): Promise<Variant[]> => {
  const rows = await db
    .selectFrom('variant')
    .select(COLUMNS)
    .where('product_id', 'in', productIds)
    .orderBy('product_id')
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(toVariant)
}

/** SQL: the variants of one product in their order, as a JSON array. */
export const variantsJson = (productId: RawBuilder<unknown>): RawBuilder<Variant[]> => sql`(
  select coalesce(json_agg(json_build_object('id', id, 'productId', product_id, 'sku', sku, 'name', name,
    'version', version) order by position, id), '[]')
  from variant where variant.product_id = ${productId})`

/**
 * The variants with these ids, whatever their status and channel: only for those who hold them already, such as a cart
 * line, an order or a device slot.
 */
export const variantsHeld = async (db: Executor<'variant'>, ids: readonly Uuid[]): Promise<Variant[]> =>
  (await db.selectFrom('variant').select(COLUMNS).where('id', 'in', ids).execute()).map(toVariant)

/** The option values of these variants, in the order of the options. */
export const optionValuesOfVariants = async (
  db: Executor<'variant_option_value' | 'option_value' | 'option'>,
  variantIds: readonly Uuid[],
): Promise<(OptionValue & { variantId: Uuid })[]> => {
  const rows = await db
    .selectFrom('variant_option_value as chosen')
    .innerJoin('option_value', 'option_value.id', 'chosen.option_value_id')
    .innerJoin('option', 'option.id', 'option_value.option_id')
    .select(['chosen.variant_id', 'option_value.id', 'option_value.code', 'option_value.name'])
    .where('chosen.variant_id', 'in', variantIds)
    .orderBy('option.position')
    .orderBy('option.id')
    .execute()
  return rows.map((row) => ({
    variantId: row.variant_id,
    id: row.id,
    code: row.code,
    name: row.name as Localized,
  }))
}
