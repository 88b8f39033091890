import { builder, keysetConnection, LocalizedText, pageArgs } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { categoryBySlug, rootCategories } from '../category-queries.ts'
import { categoryCount, categoryPage } from './category-products.ts'
import { category, childrenOf } from './nodes.ts'
import { notFound } from './not-found.ts'
import { ProductConnection } from './product-connection.ts'
import { SeoType } from './seo.ts'

builder.node(category.ref, {
  ...category.options,
  description: 'A node of the tree that products stand in.',
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    seo: t.field({ type: SeoType, resolve: (row) => row }),
    version: t.exposeInt('version'),
    parent: t.field({
      type: category.ref,
      nullable: true,
      resolve: ({ parentId }, _args, ctx) => (parentId ? category.byId(ctx, parentId) : null),
    }),
    children: t.field({ type: [category.ref], resolve: ({ id }, _args, ctx) => childrenOf(ctx, id) }),
    products: t.field({
      type: ProductConnection,
      description: 'What is sold here in this category and below it, by name.',
      args: pageArgs(t.arg),
      resolve: ({ id }, args, ctx) =>
        keysetConnection(ctx, {
          args,
          width: 2,
          rows: (page) => categoryPage(ctx, id, page),
          keyOf: ({ sortKey }) => sortKey,
          count: async () => (await categoryCount(ctx, id))?.count ?? 0,
        }),
    }),
  }),
})

builder.queryField('categories', (t) =>
  t.field({
    type: [category.ref],
    description: 'The roots of the category tree, in their order.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    resolve: (_root, _args, { db }) => rootCategories(db),
  }),
)

builder.queryField('category', (t) =>
  t.field({
    type: category.ref,
    nullable: true,
    description: 'A category by id or by slug; NOT_FOUND when it is not there.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { id: t.arg.id(), slug: t.arg.string() },
    resolve: async (_root, { id, slug }, ctx) => {
      if (id != null) return category.require(ctx, id)
      const found = slug == null ? undefined : await categoryBySlug(ctx.db, slug)
      if (!found) throw notFound(ctx, 'category', slug)
      return found
    },
  }),
)
