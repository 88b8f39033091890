import { type Executor, keyset, type KeysetColumn } from '@hilo/db'
import { contentLocale, type CursorKey, languageChain, type Reader, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { fits, inCategory, inCollection, type ProductFilter } from './product-filter.ts'
import { PRODUCT_COLUMNS, toProduct } from './product-queries.ts'
import type { Product, Variant } from './product.ts'
import { variantsJson } from './variant-queries.ts'
import { isVisible, type Viewpoint, type VisibilityTables } from './visibility.ts'

/** What products can be sorted by. */
export const PRODUCT_SORTS = ['NAME', 'CREATED_AT', 'UPDATED_AT'] as const

/** How a list of products is sorted; by name when not said. */
export interface ProductSort {
  readonly field: (typeof PRODUCT_SORTS)[number]
  readonly direction: 'asc' | 'desc'
}

/** A product in a list, with its place in it. */
export interface ListedProduct extends Product {
  readonly sortKey: CursorKey
  /** In their order, when the page was asked to bring them along. */
  readonly variants?: readonly Variant[]
}

/** A page of products as seen from somewhere, in a language. */
export interface ProductPage {
  readonly view: Viewpoint
  readonly reader: Reader
  readonly filter: ProductFilter
  readonly sort: ProductSort
  readonly after: CursorKey | undefined
  readonly limit: number
  /** Brings the variants of each product along. Default false. */
  readonly withVariants?: boolean
}

type Tables = VisibilityTables | 'product_category' | 'category' | 'collection_product' | 'variant'

/** Languages that Postgres sorts by their own rules (ICU); others by the root rules of Unicode. */
const COLLATED = new Set(
  (
    'af am ar as az be bg bn bs ca cs cy da de el en es et eu fa fi fil fo fr ga gl gu he hi hr hu hy id is it ' +
    'ja ka kk km kn ko ky lo lt lv mk ml mn mr ms mt my nb ne nl nn or pa pl ps pt ro ru si sk sl sq sr sv sw ta te ' +
    'th tr uk ur uz vi zh zu'
  ).split(' '),
)

const collationOf = (locale: string): string => {
  const language = locale.split('-')[0]!
  return COLLATED.has(language) ? `${language}-x-icu` : 'und-x-icu'
}

/**
 * By name as the reader's language sorts it. English and Spanish have the indexes `product_sorted_…`, of exactly these
 * expressions; a shop with many products in another language wants one of its own.
 */
const nameIn = (reader: Reader): RawBuilder<string> => {
  const locale = contentLocale(reader)
  const texts = languageChain([locale, 'en']).map((tag) => sql`product.name->>${sql.lit(tag)}`)
  return sql`coalesce(${sql.join(texts)}, any_text(product.name)) collate ${sql.id(collationOf(locale))}`
}

const SORT_COLUMN = {
  NAME: 'listed.sort_name',
  CREATED_AT: 'listed.created_at',
  UPDATED_AT: 'listed.updated_at',
} as const

const keyColumns = ({ field, direction }: ProductSort): KeysetColumn[] => [
  [SORT_COLUMN[field], direction],
  ['listed.id', direction],
]

interface Listing extends Pick<ProductPage, 'view' | 'reader'> {
  readonly where: RawBuilder<SqlBool>
}

const listed = (db: Executor<Tables>, { view, reader, where }: Listing) =>
  db.selectFrom(
    db
      .selectFrom('product')
      .select(PRODUCT_COLUMNS)
      .select(nameIn(reader).as('sort_name'))
      .where(isVisible(view))
      .where(where)
      .as('listed'),
  )

type PageOf = Listing & Pick<ProductPage, 'sort' | 'after' | 'limit' | 'withVariants'>

const pageOf = (db: Executor<Tables>, page: PageOf) =>
  keyset(
    listed(db, page)
      .selectAll()
      .$if(page.withVariants === true, (query) =>
        query.select(variantsJson(sql.ref('listed.id')).as('variants')),
      ),
    { ...page, columns: keyColumns(page.sort) },
  )

type Row = Awaited<ReturnType<ReturnType<typeof pageOf>['execute']>>[number]

const toListed = (row: Row, { field }: ProductSort): ListedProduct => ({
  ...toProduct(row),
  sortKey: [
    field === 'NAME'
      ? row.sort_name
      : (field === 'CREATED_AT' ? row.created_at : row.updated_at).toISOString(),
    row.id,
  ],
  ...(row.variants && { variants: row.variants }),
})

/** A page of products in one statement. Throws `InvalidCursorError` when `after` is not a key of this sort. */
export const productPage = async (db: Executor<Tables>, page: ProductPage): Promise<ListedProduct[]> =>
  (await pageOf(db, { ...page, where: fits(page.filter) }).execute()).map((row) => toListed(row, page.sort))

/** How many products fit. */
export const countProducts = async (
  db: Executor<Tables>,
  { filter, ...page }: Pick<ProductPage, 'view' | 'reader' | 'filter'>,
): Promise<number> => {
  const { count } = await listed(db, { ...page, where: fits(filter) })
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Things with lists of products, each of which becomes `root.id` in a lateral join. */
export const roots = (db: Executor<Tables>, ownerIds: readonly Uuid[]) =>
  db.selectFrom(sql<{ id: Uuid }>`unnest(${ownerIds}::uuid[])`.as<'root'>(sql`root(id)`))

/** Which products belong to the owner `root.id`. */
const belongsTo = {
  category: inCategory(sql.ref('root.id')),
  collection: inCollection(sql.ref('root.id')),
} as const

/** The page of each of several categories (with all that is below) or collections, in one statement. */
export const productPagesOf = async (
  db: Executor<Tables>,
  noun: keyof typeof belongsTo,
  { ownerIds, ...page }: Omit<ProductPage, 'filter'> & { readonly ownerIds: readonly Uuid[] },
): Promise<(ListedProduct & { readonly ownerId: Uuid })[]> => {
  const rows = await roots(db, ownerIds)
    .innerJoinLateral(pageOf(db, { ...page, where: belongsTo[noun] }).as('page'), (join) => join.onTrue())
    .selectAll('page')
    .select('root.id as owner_id')
    .execute()
  return rows.map(({ owner_id, ...row }) => ({ ...toListed(row, page.sort), ownerId: owner_id }))
}

/** How many products each of several categories (with those below it) or collections has. */
export const countProductsOf = async (
  db: Executor<Tables>,
  noun: keyof typeof belongsTo,
  { ownerIds, ...page }: Pick<ProductPage, 'view' | 'reader'> & { readonly ownerIds: readonly Uuid[] },
): Promise<{ ownerId: Uuid; count: number }[]> => {
  const counted = listed(db, { ...page, where: belongsTo[noun] }).select((eb) =>
    eb.fn.countAll<bigint>().as('count'),
  )
  const rows = await roots(db, ownerIds)
    .innerJoinLateral(counted.as('counted'), (join) => join.onTrue())
    .select(['root.id', 'counted.count'])
    .execute()
  return rows.map(({ id, count }) => ({ ownerId: id, count: Number(count) }))
}
