import type { DB, Executor } from '@hilo/db'
import type { Localized, Uuid } from '@hilo/kernel'
import type { Selectable } from 'kysely'
import type { Image } from './product.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from './visibility.ts'

const COLUMNS = ['image.id', 'image.product_id', 'image.url', 'image.alt', 'image.position'] as const

const toImage = (row: Selectable<DB['image']>): Image => ({
  id: row.id,
  productId: row.product_id,
  url: row.url,
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
