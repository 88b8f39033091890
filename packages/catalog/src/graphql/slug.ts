import { builder, loadMany } from '@hilo/graphql'
import { categoriesByIds } from '../category-queries.ts'
import { productsByIds } from '../product-queries.ts'
import { formerSlugs, redirectOf, type SlugKind } from '../slugs/slug-queries.ts'
import { viewpoint } from '../visibility.ts'
import { category, product } from './nodes.ts'

const SlugKindEnum = builder.enumType('SlugKind', {
  description: 'What has a slug.',
  values: { PRODUCT: { value: 'product' }, CATEGORY: { value: 'category' } } as const,
})

const SlugRedirect = builder
  .objectRef<{ readonly kind: SlugKind; readonly from: string; readonly to: string }>('SlugRedirect')
  .implement({
    description: 'An address that has moved: answer 301 from the old slug to the new one.',
    fields: (t) => ({ from: t.exposeString('from'), to: t.exposeString('to') }),
  })

builder.queryField('slugRedirect', (t) =>
  t.field({
    type: SlugRedirect,
    nullable: true,
    description:
      'Where a slug that was given up leads; null for one in use, one that was never there, or what is not seen here. `product(slug:)` and `category(slug:)` answer for old slugs too.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { kind: t.arg({ type: SlugKindEnum, required: true }), slug: t.arg.string({ required: true }) },
    resolve: async (_root, { kind, slug: from }, ctx) => {
      const id = await redirectOf(ctx.db, kind, from)
      if (!id) return null
      const [found] =
        kind === 'product'
          ? await productsByIds(ctx.db, viewpoint(ctx), [id])
          : await categoriesByIds(ctx.db, [id])
      return found ? { kind, from, to: found.slug } : null
    },
  }),
)

const productSlugs = loadMany(
  (ctx, ids) => formerSlugs(ctx.db, 'product', ids),
  ({ id }) => id,
)
const categorySlugs = loadMany(
  (ctx, ids) => formerSlugs(ctx.db, 'category', ids),
  ({ id }) => id,
)

const DESCRIPTION = 'Slugs that it had before and that still lead to it, the newest first; at most 100.'

builder.objectField(product.ref, 'formerSlugs', (t) =>
  t.stringList({
    description: DESCRIPTION,
    resolve: async ({ id }, _args, ctx) => (await productSlugs(ctx, id)).map(({ slug }) => slug),
  }),
)

builder.objectField(category.ref, 'formerSlugs', (t) =>
  t.stringList({
    description: DESCRIPTION,
    resolve: async ({ id }, _args, ctx) => (await categorySlugs(ctx, id)).map(({ slug }) => slug),
  }),
)
