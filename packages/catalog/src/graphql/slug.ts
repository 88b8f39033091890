import { builder, loadMany, type RequestContext } from '@hilo/graphql'
import type { Uuid } from '@hilo/kernel'
import { categoriesByIds } from '../category-queries.ts'
import { collectionsByIds } from '../collections/collection-queries.ts'
import { productsByIds } from '../product-queries.ts'
import { formerSlugs, redirectOf, type SlugKind } from '../slugs/slug-queries.ts'
import { viewpoint } from '../visibility.ts'
import { category, collection, product } from './nodes.ts'

const SlugKindEnum = builder.enumType('SlugKind', {
  description: 'What has a slug.',
  values: {
    PRODUCT: { value: 'product' },
    CATEGORY: { value: 'category' },
    COLLECTION: { value: 'collection' },
  } as const,
})

const SlugRedirect = builder
  .objectRef<{ readonly kind: SlugKind; readonly from: string; readonly to: string }>('SlugRedirect')
  .implement({
    description: 'An address that has moved: answer 301 from the old slug to the new one.',
    fields: (t) => ({ from: t.exposeString('from'), to: t.exposeString('to') }),
  })

const BY_IDS: Readonly<
  Record<
    SlugKind,
    (ctx: RequestContext, ids: readonly Uuid[]) => Promise<readonly { readonly slug: string }[]>
  >
> = {
  product: (ctx, ids) => productsByIds(ctx.db, viewpoint(ctx), ids),
  category: (ctx, ids) => categoriesByIds(ctx.db, ids),
  collection: (ctx, ids) => collectionsByIds(ctx.db, viewpoint(ctx), ids),
}

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
      const [found] = await BY_IDS[kind](ctx, [id])
      return found ? { kind, from, to: found.slug } : null
    },
  }),
)

for (const [kind, { ref }] of Object.entries({ product, category, collection } as const)) {
  const slugsOf = loadMany(
    (ctx, ids) => formerSlugs(ctx.db, kind as SlugKind, ids),
    ({ id }) => id,
  )
  builder.objectField(ref as typeof product.ref, 'formerSlugs', (t) =>
    t.stringList({
      description: 'Slugs that it had before and that still lead to it, the newest first; at most 100.',
      resolve: async ({ id }, _args, ctx) => (await slugsOf(ctx, id)).map(({ slug }) => slug),
    }),
  )
}
