import {
  builder,
  keysetConnection,
  lookAhead,
  pageArgs,
  readId,
  readIds,
  refusalError,
  rowsAskFor,
} from '@hilo/graphql'
import { ok, type Result } from '@hilo/kernel'
import { checkFilter, type ProductFilter } from '../product-filter.ts'
import { countProducts, PRODUCT_SORTS, productPage } from '../product-list.ts'
import { productBySlug } from '../product-queries.ts'
import type { ProductStatus } from '../product.ts'
import { viewpoint } from '../visibility.ts'
import { product, variantsOf } from './nodes.ts'
import { notFound } from './not-found.ts'
import { ProductConnection } from './product-connection.ts'
import { ProductStatusEnum } from './product.ts'

interface ProductWhereInput {
  and?: ProductWhereInput[] | null
  or?: ProductWhereInput[] | null
  not?: ProductWhereInput | null
  ids?: string[] | null
  skus?: string[] | null
  category?: string | null
  search?: string | null
  status?: ProductStatus | null
}

const ProductWhere = builder.inputRef<ProductWhereInput>('ProductWhere').implement({
  description: 'Which products: everything stated must hold. At most 100 parts, nested 8 deep.',
  fields: (t) => ({
    and: t.field({ type: [ProductWhere] }),
    or: t.field({ type: [ProductWhere] }),
    not: t.field({ type: ProductWhere }),
    ids: t.idList({ description: 'At most 1,000.' }),
    skus: t.stringList({ description: 'Products with a variant of one of these SKUs; at most 1,000.' }),
    category: t.id({ description: 'In this category or below it.' }),
    search: t.string({
      description: 'Words that must all be found in a name or a SKU; small mistakes are forgiven.',
    }),
    status: t.field({ type: ProductStatusEnum }),
  }),
})

const SortDirection = builder.enumType('SortDirection', { values: ['ASC', 'DESC'] as const })

const ProductSortFieldEnum = builder.enumType('ProductSortField', { values: PRODUCT_SORTS })

const ProductSortInput = builder.inputType('ProductSort', {
  fields: (t) => ({
    field: t.field({ type: ProductSortFieldEnum, required: true }),
    direction: t.field({ type: SortDirection, required: true }),
  }),
})

const readBranches = (
  branches: readonly ProductWhereInput[] | null | undefined,
  path: readonly string[],
): Result<ProductFilter[] | undefined> => {
  if (!branches) return ok(undefined)
  const filters: ProductFilter[] = []
  for (const [index, branch] of branches.entries()) {
    const filter = readFilter(branch, [...path, String(index)])
    if (!filter.ok) return filter
    filters.push(filter.value)
  }
  return ok(filters)
}

/** The filter of an input, with database ids; refuses an id that is none. */
const readFilter = (where: ProductWhereInput, path: readonly string[]): Result<ProductFilter> => {
  const and = readBranches(where.and, [...path, 'and'])
  if (!and.ok) return and
  const or = readBranches(where.or, [...path, 'or'])
  if (!or.ok) return or
  const not = where.not ? readFilter(where.not, [...path, 'not']) : ok(undefined)
  if (!not.ok) return not
  const ids = where.ids ? readIds('product', where.ids, [...path, 'ids']) : ok(undefined)
  if (!ids.ok) return ids
  const category = where.category ? readId('category', where.category, [...path, 'category']) : ok(undefined)
  if (!category.ok) return category
  return ok({
    and: and.value,
    or: or.value,
    not: not.value,
    ids: ids.value,
    skus: where.skus ?? undefined,
    categoryId: category.value,
    search: where.search ?? undefined,
    status: where.status ?? undefined,
  })
}

builder.queryField('product', (t) =>
  t.field({
    type: product.ref,
    nullable: true,
    description: 'A product by id or by slug; NOT_FOUND when it is not there or not sold here.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { id: t.arg.id(), slug: t.arg.string() },
    resolve: async (_root, { id, slug }, ctx) => {
      if (id != null) return product.require(ctx, id)
      const found = slug == null ? undefined : await productBySlug(ctx.db, viewpoint(ctx), slug)
      if (!found) throw notFound(ctx, 'Product', slug)
      return found
    },
  }),
)

builder.queryField('products', (t) =>
  t.field({
    type: ProductConnection,
    description:
      'The products sold here, by name when no sort is said; staff who edit the catalogue see all.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: {
      ...pageArgs(t.arg),
      where: t.arg({ type: ProductWhere }),
      sort: t.arg({ type: ProductSortInput }),
    },
    resolve: async (_root, { where, sort, ...args }, ctx, info) => {
      const read = readFilter(where ?? {}, ['where'])
      const filter = read.ok ? checkFilter(read.value) : read
      if (!filter.ok) throw refusalError(filter.error, ctx)
      const list = { view: viewpoint(ctx), reader: ctx, filter: filter.value }
      const sorted = {
        field: sort?.field ?? 'NAME',
        direction: sort?.direction === 'DESC' ? ('desc' as const) : ('asc' as const),
      }
      const withVariants = rowsAskFor(info, 'variants')
      const page = await keysetConnection(ctx, {
        args,
        width: 2,
        rows: (place) => productPage(ctx.db, { ...list, ...place, sort: sorted, withVariants }),
        keyOf: ({ sortKey }) => sortKey,
        count: () => countProducts(ctx.db, list),
      })
      const rows = page.edges.map(({ node }) => node)
      for (const { id, variants } of rows) if (variants) variantsOf.keep(ctx, id, variants)
      await lookAhead(ctx, info, { type: 'Product', rows })
      return page
    },
  }),
)
