import type { DB, Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import { type Selectable, sql } from 'kysely'
import type { Image } from './product.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from './visibility.ts'

const COLUMNS = [
  'image.id',
  'image.product_id',
  'image.url',
  'image.asset_id',
  'image.alt',
  'image.position',
] as const

const toImage = (row: Selectable<DB['image']>): Image => ({
  id: row.id,
  productId: row.product_id,
  url: row.url,
  assetId: row.asset_id,
  alt: row.alt as Localized,
  position: row.position,
})

/** The pictures of these products, in their order. The caller has seen the products. */
export const imagesOfProducts = async (
  db: Executor<'image'>,
  productIds: readonly Uuid[],
): Promise<Image[]> => {
  const rows = await db
    .selectFrom('image')
    .select(COLUMNS)
    .where('product_id', 'in', productIds)
    .orderBy('product_id')
    .orderBy('position')
    .orderBy('id')
    .execute()
  return rows.map(toImage)
}

/** The pictures with these ids whose product may be seen from here. */
export const imagesByIds = async (
  db: Executor<'image' | VisibilityTables>,
  view: Viewpoint,
  ids: readonly Uuid[],
): Promise<Image[]> => {
  const rows = await db
    .selectFrom('image')
    .innerJoin('product', 'product.id', 'image.product_id')
    .select(COLUMNS)
    .where('image.id', 'in', ids)
    .where(isVisible(view))
    .execute()
  return rows.map(toImage)
}

/** A picture that shows a variant. */
export interface VariantImage extends Image {
  readonly variantId: Uuid
}

/** The pictures that show these variants, in their order. The caller has seen the variants. */
export const imagesOfVariants = async (
  db: Executor<'image' | 'variant_image'>,
  variantIds: readonly Uuid[],
): Promise<VariantImage[]> => {
  const rows = await db
    .selectFrom('variant_image')
    .innerJoin('image', 'image.id', 'variant_image.image_id')
    .select([...COLUMNS, 'variant_image.variant_id'])
    .where('variant_image.variant_id', '=', sql<Uuid>`any(${variantIds}::uuid[])`)
    .orderBy('variant_image.variant_id')
    .orderBy('variant_image.position')
    .execute()
  return rows.map(({ variant_id: variantId, ...row }) => ({ ...toImage(row), variantId }))
}

/** A product that shows or gives an asset. */
export interface AssetUse {
  readonly assetId: Uuid
  readonly productId: Uuid
}

/** The products that show these assets, say them by an attribute, or give or gave them to buyers; each once. */
export const productsOfAssets = async (
  db: Executor<'image' | 'attribute_value' | 'digital_file' | 'variant'>,
  assetIds: readonly Uuid[],
): Promise<AssetUse[]> => {
  const ids = sql`any(${assetIds}::uuid[])`
  const { rows } = await sql<AssetUse>`
    select asset_id as "assetId", product_id as "productId" from image where asset_id = ${ids}
    union
    select asset_id, product_id from attribute_value where asset_id = ${ids}
    union
    select file.asset_id, variant.product_id from digital_file as file
    join variant on variant.id = file.variant_id where file.asset_id = ${ids}
    order by 1, 2`.execute(db as never)
  return rows
}
