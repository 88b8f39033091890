import { containing } from '@hilo/db'
import { COMMON, ok, type Result, storable, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { type AttributePredicate, saysAttribute } from './attributes/attribute-filter.ts'
import { CATALOG_REFUSALS } from './errors.ts'
import type { ProductStatus } from './product.ts'

/** Which products: everything stated must hold. */
export interface ProductFilter {
  readonly and?: readonly ProductFilter[]
  readonly or?: readonly ProductFilter[]
  readonly not?: ProductFilter
  readonly ids?: readonly Uuid[]
  readonly skus?: readonly string[]
  /** The category itself and everything below it. */
  readonly categoryId?: Uuid
  /** In this collection, wherever it is published. */
  readonly collectionId?: Uuid
  /** Words that must all be found in a name or a SKU. */
  readonly search?: string
  readonly status?: ProductStatus
  /** The code of the product type. */
  readonly productType?: string
  /** What the product, or one of its variants on sale, says. */
  readonly attributes?: readonly AttributePredicate[]
}

const MAX_PARTS = 100
const MAX_DEPTH = 8
const MAX_KEYS = 1_000
const MAX_SEARCH = 200

const branches = ({ and = [], or = [], not }: ProductFilter): ProductFilter[] => [
  ...and,
  ...or,
  ...(not ? [not] : []),
]

const parts = (filter: ProductFilter, depth = 1): number =>
  depth > MAX_DEPTH
    ? Infinity
    : branches(filter).reduce(
        (sum, branch) => sum + parts(branch, depth + 1),
        1 + (filter.attributes?.length ?? 0),
      )

const tooMany = (filter: ProductFilter): boolean =>
  (filter.ids?.length ?? 0) > MAX_KEYS ||
  (filter.skus?.length ?? 0) > MAX_KEYS ||
  (filter.search?.length ?? 0) > MAX_SEARCH ||
  branches(filter).some(tooMany)

/** Refuses a filter that would cost too much: parts, depth, keys, or the length of a search. */
export const checkFilter = (filter: ProductFilter): Result<ProductFilter> => {
  if (parts(filter) > MAX_PARTS)
    return CATALOG_REFUSALS.refuse('FILTER_TOO_LARGE', { max: MAX_PARTS }, ['where'])
  if (!tooMany(filter)) return ok(filter)
  const reason = {
    en: `At most ${MAX_KEYS} ids or SKUs, and ${MAX_SEARCH} characters to search.`,
    es: `Como máximo ${MAX_KEYS} identificadores o SKU y ${MAX_SEARCH} caracteres de búsqueda.`,
  }
  return COMMON.refuse('INVALID_INPUT', { reason }, ['where'])
}

const all = (predicates: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  predicates.length === 0 ? sql`true` : sql`(${sql.join(predicates, sql` and `)})`

const any = (predicates: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> =>
  predicates.length === 0 ? sql`false` : sql`(${sql.join(predicates, sql` or `)})`

/**
 * SQL: the row of `product` stands in this category or below it. The tree is an array, since the planner thinks a
 * recursive query large and would read all of `product_category` to join it.
 */
export const inCategory = (id: Uuid | RawBuilder<unknown>): RawBuilder<SqlBool> => sql`product.id in (
  select product_category.product_id from product_category where product_category.category_id = any(array(
    with recursive tree as (
      select id from category where id = ${id}
      union
      select category.id from category join tree on category.parent_id = tree.id
    )
    select id from tree)))`

/** SQL: the row of `product` is in this collection. */
export const inCollection = (id: Uuid | RawBuilder<unknown>): RawBuilder<SqlBool> => sql`product.id in (
  select collection_product.product_id from collection_product where collection_product.collection_id = ${id})`

/** The branches of the union each have a trigram index; `<%` also finds words with a typing mistake. */
const hasWord = (word: string): RawBuilder<SqlBool> => sql`product.id in (
  select id from product as named
  where all_texts(named.name) ilike ${containing(word)} or ${word} <% all_texts(named.name)
  union all
  select product_id from variant where sku ilike ${containing(word)})`

/** SQL: the row of `product` fits the filter. */
export const fits = (filter: ProductFilter): RawBuilder<SqlBool> =>
  all([
    ...(filter.and ?? []).map(fits),
    ...(filter.or ? [any(filter.or.map(fits))] : []),
    ...(filter.not ? [sql<SqlBool>`not ${fits(filter.not)}`] : []),
    ...(filter.ids ? [sql<SqlBool>`product.id = any(${filter.ids}::uuid[])`] : []),
    ...(filter.skus
      ? [
          sql<SqlBool>`product.id in (select product_id from variant where sku = any(${filter.skus.map(storable)}::text[]))`,
        ]
      : []),
    ...(filter.categoryId ? [inCategory(filter.categoryId)] : []),
    ...(filter.collectionId ? [inCollection(filter.collectionId)] : []),
    ...(filter.search?.trim() ? storable(filter.search).trim().split(/\s+/).slice(0, 8).map(hasWord) : []),
    ...(filter.status ? [sql<SqlBool>`product.status = ${filter.status}`] : []),
    ...(filter.productType === undefined
      ? []
      : [
          sql<SqlBool>`product.product_type_id = (select id from product_type where code = ${storable(filter.productType)})`,
        ]),
    ...(filter.attributes ?? []).map(saysAttribute),
  ])
