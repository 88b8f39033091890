import {
  builder,
  defineMutation,
  loadAll,
  type LocalizedEntered,
  LocalizedInput,
  readId,
  readIds,
  readLocalized,
  type RequestContext,
  toGlobalId,
} from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { deleteVariants } from '../variants/delete-variants.ts'
import { generateVariants } from '../variants/generate-variants.ts'
import type { VariantChange, VariantDraft } from '../variants/plan-variants.ts'
import { reorderVariants } from '../variants/reorder-variants.ts'
import { saveVariants } from '../variants/save-variants.ts'
import { AttributeValueInput, readAttributes } from './attribute-input.ts'
import { product, variant } from './nodes.ts'

const access = { permission: 'catalog:write' } as const

const VariantDraftInput = builder.inputType('VariantDraftInput', {
  fields: (t) => ({
    sku: t.string({ required: true }),
    name: t.field({ type: LocalizedInput }),
    optionValueIds: t.idList({ description: 'At most one value of each option of the product.' }),
    attributes: t.field({ type: [AttributeValueInput] }),
  }),
})

const VariantChangeInput = builder.inputType('VariantChangeInput', {
  description: 'What to change of a variant; what is left out stays.',
  fields: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    sku: t.string(),
    name: t.field({ type: LocalizedInput }),
    optionValueIds: t.idList({ description: 'Replaces the choice before.' }),
    attributes: t.field({ type: [AttributeValueInput], description: 'Only these change.' }),
    archived: t.boolean({ description: 'True: nobody sees or buys it any more; false: it is back.' }),
  }),
})

interface EnteredVariant {
  readonly sku?: string | null
  readonly name?: LocalizedEntered | null
  readonly optionValueIds?: readonly string[] | null
  readonly attributes?: Parameters<typeof readAttributes>[0]
}

/** What a row says, with database ids; `path` is where it stands. */
export const readVariant = (
  entered: EnteredVariant,
  path: readonly string[] = [],
): Result<Omit<VariantDraft, 'sku'> & { sku?: string }> => {
  const values = entered.optionValueIds
    ? readIds('optionValue', entered.optionValueIds, [...path, 'optionValueIds'])
    : ok(undefined)
  if (!values.ok) return values
  const attributes = readAttributes(entered.attributes, [...path, 'attributes'])
  if (!attributes.ok) return attributes
  return ok({
    ...(entered.sku != null && { sku: entered.sku }),
    name: entered.name && readLocalized(entered.name),
    optionValueIds: values.value,
    attributes: attributes.value,
  })
}

const readDrafts = (rows: readonly (EnteredVariant & { readonly sku: string })[]): Result<VariantDraft[]> => {
  const drafts: VariantDraft[] = []
  for (const [index, row] of rows.entries()) {
    const read = readVariant(row, ['create', String(index)])
    if (!read.ok) return read
    drafts.push({ ...read.value, sku: row.sku })
  }
  return ok(drafts)
}

type EnteredChange = EnteredVariant & Pick<VariantChange, 'id' | 'ifVersion' | 'archived'>

const readChanges = (rows: readonly EnteredChange[]): Result<VariantChange[]> => {
  const changes: VariantChange[] = []
  for (const [index, { ifVersion, archived, ...row }] of rows.entries()) {
    const path = ['update', String(index)]
    const id = readId('variant', row.id, [...path, 'id'])
    if (!id.ok) return id
    const read = readVariant(row, path)
    if (!read.ok) return read
    changes.push({ ...read.value, id: id.value, ifVersion: ifVersion ?? null, archived: archived ?? null })
  }
  return ok(changes)
}

const variantsByIds = async (ctx: RequestContext, ids: readonly Uuid[]) =>
  (await loadAll(variant.byId, ctx, ids)).filter((found) => found !== null)

defineMutation('variantsSave', {
  description:
    'Creates and changes up to 2,000 variants of a product in one go, in a request of at most 2 MiB. When a row is refused nothing is done, and every refused row is told with its path.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    create: t.field({ type: [VariantDraftInput] }),
    update: t.field({ type: [VariantChangeInput] }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const create = readDrafts(input.create ?? [])
    if (!create.ok) return create
    const update = readChanges(input.update ?? [])
    if (!update.ok) return update
    return saveVariants(ctx, { productId: productId.value, create: create.value, update: update.value })
  },
  payload: (t) => ({
    created: t.field({
      type: [variant.ref],
      nullable: true,
      description: 'In the order of the rows.',
      resolve: ({ value }, _args, ctx) => value && variantsByIds(ctx, value.created),
    }),
    updated: t.field({
      type: [variant.ref],
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variantsByIds(ctx, value.updated),
    }),
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})

defineMutation('variantsGenerate', {
  description:
    'Makes a variant of each combination of option values that is missing, at most 2,000; those in the archive come back.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    skuPattern: t.string({
      required: true,
      description:
        'Such as TSHIRT-{size}-{color}: each option by its code, which stands for the code of the value in capitals.',
    }),
    optionValueIds: t.idList({ description: 'Only these values; of an option with none among them, all.' }),
    attributes: t.field({ type: [AttributeValueInput], description: 'What every new variant says.' }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const read = readVariant(input)
    if (!read.ok) return read
    const { optionValueIds, attributes } = read.value
    return generateVariants(ctx, {
      productId: productId.value,
      skuPattern: input.skuPattern,
      optionValueIds,
      attributes,
    })
  },
  payload: (t) => ({
    created: t.field({
      type: [variant.ref],
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variantsByIds(ctx, value.created),
    }),
    restored: t.field({
      type: [variant.ref],
      nullable: true,
      description: 'Out of the archive.',
      resolve: ({ value }, _args, ctx) => value && variantsByIds(ctx, value.restored),
    }),
  }),
})

defineMutation('variantsReorder', {
  description: 'Puts these variants of a product first, in this order; the others follow as they stood.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    variantIds: t.idList({ required: true, description: 'At most 2,000.' }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const variantIds = readIds('variant', input.variantIds, ['variantIds'])
    if (!variantIds.ok) return variantIds
    return reorderVariants(ctx, { productId: productId.value, variantIds: variantIds.value })
  },
  payload: (t) => ({
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})

defineMutation('variantsDelete', {
  description:
    'Deletes variants of a product that nothing else holds: no price, stock, cart or order. All of them or none; one that was sold is archived instead, by variantUpdate.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    variantIds: t.idList({ required: true, description: 'At most 2,000.' }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const variantIds = readIds('variant', input.variantIds, ['variantIds'])
    if (!variantIds.ok) return variantIds
    return deleteVariants(ctx, { productId: productId.value, variantIds: variantIds.value })
  },
  payload: (t) => ({
    deletedIds: t.idList({
      nullable: true,
      resolve: ({ value }) => value?.deleted.map((id) => toGlobalId('Variant', id)) ?? null,
    }),
  }),
})
