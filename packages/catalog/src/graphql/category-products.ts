import { loadMany, loadOne } from '@hilo/graphql'
import type { CursorKey, Uuid } from '@hilo/kernel'
import { countProductsOfCategories, type ListedProduct, productPagesOfCategories } from '../product-list.ts'
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

/** The products of a category and of those below it; equal pages of many categories are one statement. */
export const categoryPage = (ctx: Parameters<typeof load>[0], key: PageKey) => load(ctx, keyText(key))

/** How many products a category has, with those below it. */
export const categoryCount = loadOne(
  (ctx, ownerIds) => countProductsOf(ctx.db, 'category', { ownerIds, view: viewpoint(ctx), reader: ctx }),
  ({ ownerId }) => ownerId,
)
