import { defineMutation, LocalizedInput, type Payload, readId, readIds, readLocalized } from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { addToCollection, moveInCollection, removeFromCollection } from '../collections/arrange-collection.ts'
import { createCollection, deleteCollection, updateCollection } from '../collections/save-collection.ts'
import { collection } from './nodes.ts'
import { readSeo, SeoInput } from './seo.ts'

const access = { permission: 'catalog:write' } as const

type Saved = { readonly collectionId: Uuid }

const RULE = 'A JSON tree, as collectionRuleSchema says; see collectionRulePreview for what it would change.'

const readProducts = (input: {
  id: string
  productIds: string[]
}): Result<{ id: Uuid; productIds: Uuid[] }> => {
  const id = readId('collection', input.id, ['id'])
  if (!id.ok) return id
  const productIds = readIds('product', input.productIds, ['productIds'])
  return productIds.ok ? ok({ id: id.value, productIds: productIds.value }) : productIds
}

const resolveSaved = ({ value }: Payload<Saved>, _args: object, ctx: Parameters<typeof collection.byId>[0]) =>
  value && collection.byId(ctx, value.collectionId)

defineMutation('collectionCreate', {
  description:
    'Creates a collection, by hand and empty or by a rule and filled; published in every open channel, or these.',
  access,
  input: (t) => ({
    slug: t.string({ description: 'Made of the name when left out.' }),
    name: t.field({ type: LocalizedInput, required: true }),
    description: t.field({ type: LocalizedInput }),
    seo: t.field({ type: SeoInput, description: 'All SEO fields together.' }),
    rule: t.field({ type: 'JSON', description: RULE }),
    channelIds: t.idList(),
  }),
  run: async (ctx, input) => {
    const channelIds = input.channelIds ? readIds('channel', input.channelIds, ['channelIds']) : ok(undefined)
    if (!channelIds.ok) return channelIds
    return createCollection(ctx, {
      slug: input.slug,
      name: readLocalized(input.name),
      description: input.description && readLocalized(input.description),
      seo: readSeo(input.seo),
      rule: input.rule,
      ...(channelIds.value && { channelIds: channelIds.value }),
    })
  },
  payload: (t) => ({ collection: t.field({ type: collection.ref, nullable: true, resolve: resolveSaved }) }),
})

defineMutation('collectionUpdate', {
  description:
    'Changes a collection; what is left out stays. Another rule holds at once; a rule of null leaves the products that are there to be chosen by hand.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    slug: t.string(),
    name: t.field({ type: LocalizedInput }),
    description: t.field({ type: LocalizedInput }),
    seo: t.field({ type: SeoInput, description: 'All SEO fields together.' }),
    rule: t.field({ type: 'JSON', description: RULE }),
  }),
  run: async (ctx, { idempotencyKey: _key, ...input }) => {
    const id = readId('collection', input.id, ['id'])
    if (!id.ok) return id
    return updateCollection(ctx, {
      ...input,
      id: id.value,
      name: input.name && readLocalized(input.name),
      description: input.description && readLocalized(input.description),
      seo: readSeo(input.seo),
    })
  },
  payload: (t) => ({ collection: t.field({ type: collection.ref, nullable: true, resolve: resolveSaved }) }),
})

defineMutation('collectionDelete', {
  description: 'Deletes a collection; its products stay.',
  access,
  input: (t) => ({ id: t.id({ required: true }), ifVersion: t.int() }),
  run: async (ctx, { id: publicId, ifVersion }) => {
    const id = readId('collection', publicId, ['id'])
    return id.ok ? deleteCollection(ctx, { id: id.value, ...(ifVersion != null && { ifVersion }) }) : id
  },
  payload: (t) => ({
    deleted: t.boolean({ nullable: true, resolve: ({ value }) => value && true }),
  }),
})

defineMutation('collectionProductsAdd', {
  description: 'Adds products at the end of a collection by hand, in this order; at most 500.',
  access,
  input: (t) => ({ id: t.id({ required: true }), productIds: t.idList({ required: true }) }),
  run: async (ctx, input) => {
    const read = readProducts(input)
    return read.ok ? addToCollection(ctx, read.value) : read
  },
  payload: (t) => ({ collection: t.field({ type: collection.ref, nullable: true, resolve: resolveSaved }) }),
})

defineMutation('collectionProductsRemove', {
  description: 'Takes products out of a collection by hand; at most 500. Who is not in it is not missed.',
  access,
  input: (t) => ({ id: t.id({ required: true }), productIds: t.idList({ required: true }) }),
  run: async (ctx, input) => {
    const read = readProducts(input)
    return read.ok ? removeFromCollection(ctx, read.value) : read
  },
  payload: (t) => ({ collection: t.field({ type: collection.ref, nullable: true, resolve: resolveSaved }) }),
})

defineMutation('collectionProductsMove', {
  description:
    'Moves products of a collection, by hand or by rule, behind another or to the front; at most 500.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    productIds: t.idList({ required: true }),
    afterId: t.id({ description: 'The product behind which they shall stand; at the front without it.' }),
    pinned: t.boolean({
      description:
        'Whether they stand before all that are not pinned; as the first of them was when not said.',
    }),
  }),
  run: async (ctx, input) => {
    const read = readProducts(input)
    if (!read.ok) return read
    const afterId = input.afterId == null ? ok(null) : readId('product', input.afterId, ['afterId'])
    if (!afterId.ok) return afterId
    return moveInCollection(ctx, { ...read.value, afterId: afterId.value, pinned: input.pinned ?? null })
  },
  payload: (t) => ({ collection: t.field({ type: collection.ref, nullable: true, resolve: resolveSaved }) }),
})
