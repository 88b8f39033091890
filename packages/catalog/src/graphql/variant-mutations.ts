import { defineMutation, LocalizedInput, readId } from '@hilo/graphql'
import { createVariant } from '../create-variant.ts'
import { updateVariant } from '../update-variant.ts'
import { AttributeValueInput } from './attribute-input.ts'
import { variant } from './nodes.ts'
import { readVariant } from './variant-bulk-mutations.ts'

const access = { permission: 'catalog:write' } as const

defineMutation('variantCreate', {
  description: 'Adds a variant as the last of a product.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    sku: t.string({ required: true, description: 'Unique in the shop, 1 to 64 characters.' }),
    name: t.field({ type: LocalizedInput }),
    optionValueIds: t.idList({ description: 'At most one value of each option of the product.' }),
    attributes: t.field({
      type: [AttributeValueInput],
      description: 'Of the type, at the level of variants.',
    }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const read = readVariant(input)
    if (!read.ok) return read
    return createVariant(ctx, { ...read.value, productId: productId.value, sku: input.sku })
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
    optionValueIds: t.idList({ description: 'Replaces the choice before.' }),
    attributes: t.field({ type: [AttributeValueInput], description: 'Only these change.' }),
    archived: t.boolean({
      description:
        'True: nobody sees or buys it any more, while carts and orders go on naming it; false: it is back.',
    }),
  }),
  run: async (ctx, input) => {
    const id = readId('variant', input.id, ['id'])
    if (!id.ok) return id
    const read = readVariant(input)
    if (!read.ok) return read
    const { ifVersion, archived } = input
    return updateVariant(ctx, { ...read.value, id: id.value, ifVersion, archived })
  },
  payload: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variant.byId(ctx, value.variantId),
    }),
  }),
})
