import {
  builder,
  connectionType,
  keysetConnection,
  loadOne,
  loadPages,
  LocalizedText,
  lookAhead,
  pageArgs,
} from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { countCollections, collectionBySlug, collectionPage } from '../collections/collection-queries.ts'
import { countPinned, productsInOrder } from '../collections/collection-products.ts'
import { shownRule } from '../collections/resolve-rule.ts'
import { COLLECTION_RULE_SCHEMA } from '../collections/rule.ts'
import { countProductsOf, PRODUCT_SORTS, productPagesOf, type ProductSort } from '../product-list.ts'
import { viewpoint } from '../visibility.ts'
import { collection, collectionsOf, product } from './nodes.ts'
import { notFound } from './not-found.ts'
import { ProductConnection } from './product-connection.ts'
import { ProductSortInput } from './product-queries.ts'
import { SeoType } from './seo.ts'

/** A loader for each sort: equal pages of many collections are one statement. */
const sortedPages = new Map(
  PRODUCT_SORTS.flatMap((field) =>
    (['asc', 'desc'] as const).map((direction) => {
      const load = loadPages(
        (ctx, page) =>
          productPagesOf(ctx.db, 'collection', {
            ...page,
            view: viewpoint(ctx),
            reader: ctx,
            sort: { field, direction },
          }),
        ({ ownerId }) => ownerId,
      )
      return [`${field} ${direction}`, load] as const
    }),
  ),
)

const orderedPages = loadPages(
  (ctx, page) => productsInOrder(ctx.db, { ...page, view: viewpoint(ctx) }),
  ({ ownerId }) => ownerId,
)

const countIn = loadOne(
  (ctx, ownerIds) => countProductsOf(ctx.db, 'collection', { ownerIds, view: viewpoint(ctx), reader: ctx }),
  ({ ownerId }) => ownerId,
)

const countPinnedIn = loadOne(
  (ctx, collectionIds) => countPinned(ctx.db, collectionIds),
  ({ collectionId }) => collectionId,
)

const pagesOf = ({ field, direction }: ProductSort) => sortedPages.get(`${field} ${direction}`)!

builder.node(collection.ref, {
  ...collection.options,
  description:
    'Products shown together, chosen by hand or by a rule. Seen where it is published, and by staff.',
  fields: (t) => ({
    slug: t.exposeString('slug'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    description: t.string({
      description: 'Plain text; may be empty.',
      resolve: ({ description }, _args, ctx) => localize(description, ctx),
    }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    descriptionTexts: t.field({ type: LocalizedText, resolve: ({ description }) => description }),
    seo: t.field({ type: SeoType, resolve: (row) => row }),
    isByRule: t.boolean({
      description: 'True when a rule says which products are in it.',
      resolve: ({ rule }) => rule !== null,
    }),
    rule: t.field({
      type: 'JSON',
      nullable: true,
      description:
        'The rule, as collectionRuleSchema says; null by hand, and, with an error of its own, without catalog:read.',
      authScopes: { permission: 'catalog:read' },
      resolve: ({ rule }) => rule && shownRule(rule),
    }),
    pinnedCount: t.int({
      nullable: true,
      description:
        'How many of its products are pinned: they are its first. Null, with an error of its own, without catalog:read.',
      authScopes: { permission: 'catalog:read' },
      resolve: async ({ id }, _args, ctx) => (await countPinnedIn(ctx, id))?.pinned ?? 0,
    }),
    version: t.exposeInt('version'),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    updatedAt: t.field({ type: 'DateTime', resolve: ({ updatedAt }) => updatedAt }),
    products: t.field({
      type: ProductConnection,
      description:
        'What is sold here of it: pinned products first, then as they were put, unless a sort is said.',
      args: { ...pageArgs(t.arg), sort: t.arg({ type: ProductSortInput }) },
      resolve: ({ id }, { sort, ...args }, ctx) =>
        keysetConnection(ctx, {
          args,
          width: sort ? 2 : 3,
          rows: (page) =>
            sort
              ? pagesOf({ field: sort.field, direction: sort.direction === 'DESC' ? 'desc' : 'asc' })(
                  ctx,
                  id,
                  page,
                )
              : orderedPages(ctx, id, page),
          keyOf: ({ sortKey }) => sortKey,
          count: async () => (await countIn(ctx, id))?.count ?? 0,
        }),
    }),
  }),
})

builder.objectField(product.ref, 'collections', (t) =>
  t.field({
    type: [collection.ref],
    description: 'The collections that it is in and that are published here, by slug.',
    resolve: ({ id }, _args, ctx) => collectionsOf(ctx, id),
  }),
)

export const CollectionConnection = connectionType(collection.ref, 'Collection')

const CollectionWhere = builder.inputType('CollectionWhere', {
  fields: (t) => ({
    search: t.string({ description: 'A part of the slug, or of the name in any language.' }),
  }),
})

builder.queryField('collections', (t) =>
  t.field({
    type: CollectionConnection,
    description: 'The collections published here, by slug; staff see all.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { ...pageArgs(t.arg), where: t.arg({ type: CollectionWhere }) },
    resolve: async (_root, { where, ...args }, ctx, info) => {
      const view = viewpoint(ctx)
      const filter = { search: where?.search }
      const page = await keysetConnection(ctx, {
        args,
        width: 1,
        rows: (place) => collectionPage(ctx.db, view, { ...filter, ...place }),
        keyOf: ({ slug }) => [slug],
        count: () => countCollections(ctx.db, view, filter),
      })
      await lookAhead(ctx, info, { type: 'Collection', rows: page.edges.map(({ node }) => node) })
      return page
    },
  }),
)

builder.queryField('collection', (t) =>
  t.field({
    type: collection.ref,
    nullable: true,
    description: 'A collection by id or by slug; NOT_FOUND when it is not there or not published here.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { id: t.arg.id(), slug: t.arg.string() },
    resolve: async (_root, { id, slug }, ctx) => {
      if (id != null) return collection.require(ctx, id)
      const found = slug == null ? undefined : await collectionBySlug(ctx.db, viewpoint(ctx), slug)
      if (!found) throw notFound(ctx, 'collection', slug)
      return found
    },
  }),
)

builder.queryField('collectionRuleSchema', (t) =>
  t.field({
    type: 'JSON',
    description: 'The JSON Schema (draft 2020-12) of the rule of a collection.',
    authScopes: { permission: 'catalog:read' },
    resolve: () => COLLECTION_RULE_SCHEMA,
  }),
)
