import { builder, keysetConnection, lookAhead, pageArgs, refusalError, rowsAskFor } from '@hilo/graphql'
import { countProducts, PRODUCT_SORTS, productPage } from '../product-list.ts'
import { productBySlug } from '../product-queries.ts'
import { viewpoint } from '../visibility.ts'
import { product, variantsOf } from './nodes.ts'
import { notFound } from './not-found.ts'
import { ProductConnection } from './product-connection.ts'
import { ProductWhere, readWhere } from './product-where.ts'

const SortDirection = builder.enumType('SortDirection', { values: ['ASC', 'DESC'] as const })

const ProductSortFieldEnum = builder.enumType('ProductSortField', { values: PRODUCT_SORTS })

export const ProductSortInput = builder.inputType('ProductSort', {
  fields: (t) => ({
    field: t.field({ type: ProductSortFieldEnum, required: true }),
    direction: t.field({ type: SortDirection, required: true }),
  }),
})

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
      if (!found) throw notFound(ctx, 'product', slug)
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
      const filter = await readWhere(ctx, where ?? {})
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
