import type { DB, Executor } from '@hilo/db'
import { type Localized, type Uuid } from '@hilo/kernel'
import type { Selectable } from 'kysely'
import type { Category } from './product.ts'
import { toSeo } from './seo/seo.ts'
import { idBySlug } from './slugs/slug-queries.ts'

const COLUMNS = [
  'category.id',
  'category.slug',
  'category.name',
  'category.seo',
  'category.parent_id',
  'category.version',
] as const

const toCategory = (
  row: Pick<Selectable<DB['category']>, 'id' | 'slug' | 'name' | 'seo' | 'parent_id' | 'version'>,
): Category => ({
  id: row.id,
  slug: row.slug,
  name: row.name as Localized,
  seo: toSeo(row.seo),
  parentId: row.parent_id,
  version: row.version,
})

const categoryRows = (db: Executor<'category'>) =>
  db.selectFrom('category').select(COLUMNS).orderBy('category.position').orderBy('category.slug')

/** The categories that have no parent. */
export const rootCategories = async (db: Executor<'category'>): Promise<Category[]> =>
  (await categoryRows(db).where('parent_id', 'is', null).execute()).map(toCategory)

/** The categories right below these. */
export const childrenOfCategories = async (
  db: Executor<'category'>,
  parentIds: readonly Uuid[],
): Promise<Category[]> =>
  (await categoryRows(db).where('parent_id', 'in', parentIds).execute()).map(toCategory)

/** The categories with these ids. */
export const categoriesByIds = async (db: Executor<'category'>, ids: readonly Uuid[]): Promise<Category[]> =>
  (await categoryRows(db).where('id', 'in', ids).execute()).map(toCategory)

/** The category that has this slug, or had it before. */
export const categoryBySlug = async (
  db: Executor<'category' | 'slug_redirect'>,
  slug: string,
): Promise<Category | undefined> => {
  const row = await categoryRows(db).where('category.id', '=', idBySlug('category', slug)).executeTakeFirst()
  return row && toCategory(row)
}

/** The categories that these products stand in themselves, without the ancestors. */
export const categoriesOfProducts = async (
  db: Executor<'category' | 'product_category'>,
  productIds: readonly Uuid[],
): Promise<(Category & { productId: Uuid })[]> => {
  const rows = await db
    .selectFrom('product_category')
    .innerJoin('category', 'category.id', 'product_category.category_id')
    .select([...COLUMNS, 'product_category.product_id'])
    .where('product_category.product_id', 'in', productIds)
    .orderBy('category.position')
    .orderBy('category.slug')
    .execute()
  return rows.map((row) => ({ ...toCategory(row), productId: row.product_id }))
}
