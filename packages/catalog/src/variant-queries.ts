import type { DB, Executor } from '@hilo/db'
import { type Localized, storable, type Uuid } from '@hilo/kernel'
import { type RawBuilder, type Selectable, sql } from 'kysely'
import type { OptionValue, Variant } from './product.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from './visibility.ts'

/** The columns of a variant. */
export const VARIANT_COLUMNS = [
  'variant.id',
  'variant.product_id',
  'variant.sku',
  'variant.name',
  'variant.position',
  'variant.archived_at',
  'variant.version',
] as const

type Row = Pick<
  Selectable<DB['variant']>,
  'id' | 'product_id' | 'sku' | 'name' | 'position' | 'archived_at' | 'version'
>

/** A variant from its row. */
export const toVariant = (row: Row): Variant => ({
  id: row.id,
  productId: row.product_id,
  sku: row.sku,
  name: row.name as Localized,
  position: row.position,
  archivedAt: row.archived_at,
  version: row.version,
})

const visibleVariants = (db: Executor<VisibilityTables | 'variant'>, view: Viewpoint) =>
  db
    .selectFrom('variant')
    .innerJoin('product', 'product.id', 'variant.product_id')
    .select(VARIANT_COLUMNS)
    .where(isVisible(view))
    .$if(!view.seesAll, (query) => query.where('variant.archived_at', 'is', null))

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

/** The variants of these products that are on sale, in their order. The caller has seen the products. */
export const variantsOfProducts = async (
  db: Executor<'variant'>,
  productIds: readonly Uuid[],
): Promise<Variant[]> => {
  const rows = await db
    .selectFrom('variant')
    .select(VARIANT_COLUMNS)
    .where('product_id', 'in', productIds)
    .where('archived_at', 'is', null)
    .orderBy('product_id')
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(toVariant)
}

/** SQL: the variants of one product that are on sale, in their order, as a JSON array. */
export const variantsJson = (productId: RawBuilder<unknown>): RawBuilder<Variant[]> => sql`(
  select coalesce(json_agg(json_build_object('id', id, 'productId', product_id, 'sku', sku, 'name', name,
    'position', position, 'archivedAt', null, 'version', version) order by position, id), '[]')
  from variant where variant.product_id = ${productId} and archived_at is null)`

/**
 * The variants with these ids, whatever their status and channel: only for those who hold them already, such as a cart
 * line, an order or a device slot.
 */
export const variantsHeld = async (db: Executor<'variant'>, ids: readonly Uuid[]): Promise<Variant[]> =>
  (await db.selectFrom('variant').select(VARIANT_COLUMNS).where('id', 'in', ids).execute()).map(toVariant)

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
