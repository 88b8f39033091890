import type { DB, Executor } from '@hilo/db'
import type { TaxClass } from '@hilo/channels'
import { type Localized, type Uuid } from '@hilo/kernel'
import type { Selectable } from 'kysely'
import type { Product, ProductStatus } from './product.ts'
import { toSeo } from './seo/seo.ts'
import { idBySlug } from './slugs/slug-queries.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from './visibility.ts'

/** The columns of a product. */
export const PRODUCT_COLUMNS = [
  'product.id',
  'product.slug',
  'product.name',
  'product.description',
  'product.tax_class',
  'product.status',
  'product.product_type_id',
  'product.seo',
  'product.version',
  'product.created_at',
  'product.updated_at',
] as const

/** A product from its row. */
export const toProduct = (row: Omit<Selectable<DB['product']>, 'content_version'>): Product => ({
  id: row.id,
  slug: row.slug,
  name: row.name as Localized,
  description: row.description as Localized,
  taxClass: row.tax_class as TaxClass,
  status: row.status as ProductStatus,
  productTypeId: row.product_type_id,
  seo: toSeo(row.seo),
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** The products with these ids that may be seen from here. */
export const productsByIds = async (
  db: Executor<VisibilityTables>,
  view: Viewpoint,
  ids: readonly Uuid[],
): Promise<Product[]> => {
  const rows = await db
    .selectFrom('product')
    .select(PRODUCT_COLUMNS)
    .where('product.id', 'in', ids)
    .where(isVisible(view))
    .execute()
  return rows.map(toProduct)
}

/** The product that has this slug, or had it before, when it may be seen from here. */
export const productBySlug = async (
  db: Executor<VisibilityTables | 'slug_redirect'>,
  view: Viewpoint,
  slug: string,
): Promise<Product | undefined> => {
  const row = await db
    .selectFrom('product')
    .select(PRODUCT_COLUMNS)
    .where('product.id', '=', idBySlug('product', slug))
    .where(isVisible(view))
    .executeTakeFirst()
  return row && toProduct(row)
}

/**
 * The products with these ids, whatever their status and channel: only for those who hold something of them already,
 * such as a cart line, an order or a device slot.
 */
export const productsHeld = async (db: Executor<'product'>, ids: readonly Uuid[]): Promise<Product[]> => {
  const rows = await db.selectFrom('product').select(PRODUCT_COLUMNS).where('id', 'in', ids).execute()
  return rows.map(toProduct)
}

/** The channels that sell each of these products. */
export const channelIdsOfProducts = (
  db: Executor<'product_channel'>,
  productIds: readonly Uuid[],
): Promise<{ productId: Uuid; channelId: Uuid }[]> =>
  db
    .selectFrom('product_channel')
    .select(['product_id as productId', 'channel_id as channelId'])
    .where('product_id', 'in', productIds)
    .orderBy('channel_id')
    .execute()
