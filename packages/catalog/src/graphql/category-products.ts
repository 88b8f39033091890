import { loadOne, loadPages } from '@hilo/graphql'
import { countProductsOf, productPagesOf } from '../product-list.ts'
import { viewpoint } from '../visibility.ts'

/** The products of a category and of those below it, by name; equal pages of many categories are one statement. */
export const categoryPage = loadPages(
  (ctx, page) =>
    productPagesOf(ctx.db, 'category', {
      ...page,
      view: viewpoint(ctx),
      reader: ctx,
      sort: { field: 'NAME', direction: 'asc' },
    }),
  ({ ownerId }) => ownerId,
)

/** How many products a category has, with those below it. */
export const categoryCount = loadOne(
  (ctx, ownerIds) => countProductsOf(ctx.db, 'category', { ownerIds, view: viewpoint(ctx), reader: ctx }),
  ({ ownerId }) => ownerId,
)
