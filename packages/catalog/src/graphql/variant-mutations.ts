import { defineMutation, LocalizedInput, readId, readIds, readLocalized } from '@hilo/graphql'
import { createVariant } from '../create-variant.ts'
import { updateVariant } from '../update-variant.ts'
import { variant } from './nodes.ts'

const access = { permission: 'catalog:write' } as const

defineMutation('variantCreate', {
  description: 'Adds a variant as the last of a product.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    sku: t.string({ required: true, description: 'Unique in the shop, 1 to 64 characters.' }),
    name: t.field({ type: LocalizedInput }),
    optionValueIds: t.idList({ description: 'At most one value of each option of the product.' }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const values = readIds('optionValue', input.optionValueIds ?? [], ['optionValueIds'])
    if (!values.ok) return values
    return createVariant(ctx, {
      productId: productId.value,
      sku: input.sku,
      name: input.name && readLocalized(input.name),
      optionValueIds: values.value,
    })
  },
  payload: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variant.byId(ctx, value.variantId),
    }),
  }),
})

defineMutation('variantUpdate', {
  description: 'Changes a variant; what is left out stays.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    sku: t.string(),
    name: t.field({ type: LocalizedInput }),
  }),
  run: async (ctx, input) => {
    const id = readId('variant', input.id, ['id'])
    if (!id.ok) return id
    return updateVariant(ctx, { ...input, id: id.value, name: input.name && readLocalized(input.name) })
  },
  payload: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variant.byId(ctx, value.variantId),
    }),
  }),
})
