import { defineMutation, readId } from '@hilo/graphql'
import { discardDraft, publishDraft, saveDraft } from '../versions/draft.ts'
import { restoreVersion } from '../versions/restore-version.ts'
import { contentFields, readContent } from './draft-input.ts'
import { product } from './nodes.ts'

const access = { permission: 'catalog:write' } as const

defineMutation('productDraftSave', {
  description:
    'Saves a change of a product as its draft, in the place of the one before. Nobody but staff sees it until it is published.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    ifVersion: t.int({ description: 'The version of the draft that it replaces; 0 for none.' }),
    base: t.int({ description: 'The contentVersion it was made from; the newest when left out.' }),
    publishAt: t.field({ type: 'DateTime', description: 'When it publishes itself.' }),
    ...contentFields(t),
  }),
  run: async (ctx, { productId, ifVersion, base, publishAt, ...input }) => {
    const id = readId('product', productId, ['productId'])
    if (!id.ok) return id
    const change = readContent(input)
    if (!change.ok) return change
    return saveDraft(ctx, { productId: id.value, ifVersion, base, publishAt, change: change.value })
  },
  payload: (t) => ({
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})

defineMutation('productDraftPublish', {
  description:
    'Applies the draft of a product as productUpdate does. Refuses with DRAFT_CONFLICT when others changed the same fields since its base.',
  access,
  input: (t) => ({ productId: t.id({ required: true }), ifVersion: t.int() }),
  run: async (ctx, { productId, ifVersion }) => {
    const id = readId('product', productId, ['productId'])
    return id.ok ? publishDraft(ctx, { productId: id.value, ifVersion }) : id
  },
  payload: (t) => ({
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})

defineMutation('productDraftDiscard', {
  description: 'Throws the draft of a product away.',
  access,
  input: (t) => ({ productId: t.id({ required: true }), ifVersion: t.int() }),
  run: async (ctx, { productId, ifVersion }) => {
    const id = readId('product', productId, ['productId'])
    return id.ok ? discardDraft(ctx, { productId: id.value, ifVersion }) : id
  },
  payload: (t) => ({
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})

defineMutation('productVersionRestore', {
  description:
    'Gives a product the content of one of its versions again, as a new version. Categories and channels that are no more are left out.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    number: t.int({ required: true }),
    ifVersion: t.int({ description: 'Of the product.' }),
  }),
  run: async (ctx, { productId, number, ifVersion }) => {
    const id = readId('product', productId, ['productId'])
    return id.ok ? restoreVersion(ctx, { productId: id.value, number, ifVersion }) : id
  },
  payload: (t) => ({
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})
