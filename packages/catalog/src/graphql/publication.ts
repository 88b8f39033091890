import { channel } from '@hilo/channels/graphql'
import {
  builder,
  defineMutation,
  loadAll,
  loadMany,
  type Loader,
  readIds,
  type RequestContext,
} from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import {
  publicationsOfCollections,
  publicationsOfProducts,
  type PublicationRow,
} from '../publication/publication-queries.ts'
import {
  type Publication,
  publishCollections,
  publishProducts,
  unpublishCollections,
  unpublishProducts,
} from '../publication/publish.ts'
import { collection, product } from './nodes.ts'

const isOpenAt = ({ publishedFrom, publishedUntil }: PublicationRow, now: Date): boolean =>
  (publishedFrom === null || publishedFrom <= now) && (publishedUntil === null || publishedUntil > now)

const PublicationType = builder.objectRef<PublicationRow>('Publication').implement({
  description: 'Something is published in a channel, from a moment on and until one.',
  fields: (t) => ({
    channel: t.field({
      type: channel.ref,
      nullable: true,
      resolve: ({ channelId }, _args, ctx) => channel.byId(ctx, channelId),
    }),
    publishedFrom: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null: always was.',
      resolve: ({ publishedFrom }) => publishedFrom,
    }),
    publishedUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'No longer at this moment; null: without an end.',
      resolve: ({ publishedUntil }) => publishedUntil,
    }),
    isOpen: t.boolean({
      description: 'True when it holds now.',
      resolve: (row, _args, ctx) => isOpenAt(row, ctx.now()),
    }),
  }),
})

const ofProducts = loadMany(
  (ctx, ids) => publicationsOfProducts(ctx.db, ids),
  ({ ownerId }) => ownerId,
)
const ofCollections = loadMany(
  (ctx, ids) => publicationsOfCollections(ctx.db, ids),
  ({ ownerId }) => ownerId,
)

const description = 'Where it is published, and when. Null, with an error of its own, without catalog:read.'
const authScopes = { permission: 'catalog:read' } as const

builder.objectField(product.ref, 'publications', (t) =>
  t.field({
    type: [PublicationType],
    nullable: true,
    description,
    authScopes,
    resolve: ({ id }, _args, ctx) => ofProducts(ctx, id),
  }),
)

builder.objectField(collection.ref, 'publications', (t) =>
  t.field({
    type: [PublicationType],
    nullable: true,
    description,
    authScopes,
    resolve: ({ id }, _args, ctx) => ofCollections(ctx, id),
  }),
)

type Noun = 'product' | 'collection'

interface Wanted {
  readonly channelIds?: readonly string[] | null
  readonly from?: Date | null
  readonly until?: Date | null
}

const readPublication = (
  noun: Noun,
  texts: readonly string[],
  { channelIds, from, until }: Wanted,
): Result<Publication> => {
  const ids = readIds(noun, texts, [`${noun}Ids`])
  if (!ids.ok) return ids
  const channels = channelIds ? readIds('channel', channelIds, ['channelIds']) : ok(null)
  return channels.ok
    ? ok({ ids: ids.value, channelIds: channels.value, from: from ?? null, until: until ?? null })
    : channels
}

const found = async <Row>(byId: Loader<Row | null>, ctx: RequestContext, ids: readonly Uuid[] | undefined) =>
  ids && (await loadAll(byId, ctx, ids)).filter((row) => row !== null)

const access = { permission: 'catalog:write' } as const
const WHERE = 'In these channels; in all there are when left out.'
const FROM = 'From this moment on; at once when left out.'
const UNTIL = 'No longer at this moment; without an end when left out.'

defineMutation('productPublish', {
  description:
    'Publishes products, at most 200, at once or by schedule; drafts become published. What was scheduled there before is replaced.',
  access,
  input: (t) => ({
    productIds: t.idList({ required: true }),
    channelIds: t.idList({ description: WHERE }),
    from: t.field({ type: 'DateTime', description: FROM }),
    until: t.field({ type: 'DateTime', description: UNTIL }),
    keepDrafts: t.boolean({
      description: 'True when drafts stay drafts, seen there once their status is PUBLISHED.',
    }),
  }),
  run: async (ctx, input) => {
    const read = readPublication('product', input.productIds, input)
    return read.ok ? publishProducts(ctx, { ...read.value, keepDrafts: input.keepDrafts ?? false }) : read
  },
  payload: (t) => ({
    products: t.field({
      type: [product.ref],
      nullable: true,
      resolve: ({ value }, _args, ctx) => found(product.byId, ctx, value?.productIds),
    }),
  }),
})

defineMutation('productUnpublish', {
  description: 'Takes products, at most 200, back from channels; their status stays.',
  access,
  input: (t) => ({
    productIds: t.idList({ required: true }),
    channelIds: t.idList({ description: WHERE }),
  }),
  run: async (ctx, input) => {
    const read = readPublication('product', input.productIds, input)
    return read.ok ? unpublishProducts(ctx, read.value) : read
  },
  payload: (t) => ({
    products: t.field({
      type: [product.ref],
      nullable: true,
      resolve: ({ value }, _args, ctx) => found(product.byId, ctx, value?.productIds),
    }),
  }),
})

defineMutation('collectionPublish', {
  description: 'Publishes collections, at most 200, at once or by schedule, which replaces the one before.',
  access,
  input: (t) => ({
    collectionIds: t.idList({ required: true }),
    channelIds: t.idList({ description: WHERE }),
    from: t.field({ type: 'DateTime', description: FROM }),
    until: t.field({ type: 'DateTime', description: UNTIL }),
  }),
  run: async (ctx, input) => {
    const read = readPublication('collection', input.collectionIds, input)
    return read.ok ? publishCollections(ctx, read.value) : read
  },
  payload: (t) => ({
    collections: t.field({
      type: [collection.ref],
      nullable: true,
      resolve: ({ value }, _args, ctx) => found(collection.byId, ctx, value?.collectionIds),
    }),
  }),
})

defineMutation('collectionUnpublish', {
  description: 'Takes collections, at most 200, back from channels.',
  access,
  input: (t) => ({
    collectionIds: t.idList({ required: true }),
    channelIds: t.idList({ description: WHERE }),
  }),
  run: async (ctx, input) => {
    const read = readPublication('collection', input.collectionIds, input)
    return read.ok ? unpublishCollections(ctx, read.value) : read
  },
  payload: (t) => ({
    collections: t.field({
      type: [collection.ref],
      nullable: true,
      resolve: ({ value }, _args, ctx) => found(collection.byId, ctx, value?.collectionIds),
    }),
  }),
})
