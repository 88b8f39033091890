import { builder, defineMutation, LocalizedInput, readId, readLocalized, toGlobalId } from '@hilo/graphql'
import { ok, type Result } from '@hilo/kernel'
import type { AttributeLevel } from '../types/product-type.ts'
import {
  createProductType,
  deleteProductType,
  type ListedAttribute,
  updateProductType,
} from '../types/save-type.ts'
import { productType } from './nodes.ts'
import { AttributeLevelEnum } from './product-type.ts'

const access = { permission: 'catalog:write' } as const

const ProductTypeAttributeInput = builder.inputType('ProductTypeAttributeInput', {
  fields: (t) => ({
    attributeId: t.id({ required: true }),
    level: t.field({ type: AttributeLevelEnum, description: 'PRODUCT when not said.' }),
    required: t.boolean({ description: 'What is published must have a value. False when not said.' }),
  }),
})

interface EnteredAttribute {
  readonly attributeId: string
  readonly level?: AttributeLevel | null
  readonly required?: boolean | null
}

const readListed = (
  entered: readonly EnteredAttribute[] | null | undefined,
): Result<ListedAttribute[] | undefined> => {
  if (!entered) return ok(undefined)
  const listed: ListedAttribute[] = []
  for (const [index, each] of entered.entries()) {
    const attributeId = readId('attribute', each.attributeId, ['attributes', String(index), 'attributeId'])
    if (!attributeId.ok) return attributeId
    listed.push({ ...each, attributeId: attributeId.value })
  }
  return ok(listed)
}

defineMutation('productTypeCreate', {
  description: 'Adds a product type with the attributes that its products have to say, at most 200.',
  access,
  input: (t) => ({
    code: t.string({ required: true, description: 'a-z, 0-9 and dashes.' }),
    name: t.field({ type: LocalizedInput, required: true }),
    attributes: t.field({ type: [ProductTypeAttributeInput], description: 'In their order.' }),
  }),
  run: async (ctx, input) => {
    const attributes = readListed(input.attributes)
    if (!attributes.ok) return attributes
    return createProductType(ctx, {
      code: input.code,
      name: readLocalized(input.name),
      attributes: attributes.value,
    })
  },
  payload: (t) => ({
    productType: t.field({
      type: productType.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && productType.byId(ctx, value.productTypeId),
    }),
  }),
})

defineMutation('productTypeUpdate', {
  description:
    'Changes a product type; what is left out stays. Refuses to drop an attribute that products have values of, and to require one that published products lack, and says how many they are.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    code: t.string(),
    name: t.field({ type: LocalizedInput }),
    attributes: t.field({
      type: [ProductTypeAttributeInput],
      description: 'All of them in their order: those left out, or at another level, are dropped.',
    }),
    removeValues: t.boolean({
      description: 'Takes the values of what is dropped away, instead of refusing.',
    }),
  }),
  run: async (ctx, input) => {
    const id = readId('productType', input.id, ['id'])
    if (!id.ok) return id
    const attributes = readListed(input.attributes)
    if (!attributes.ok) return attributes
    return updateProductType(ctx, {
      ...input,
      id: id.value,
      name: input.name && readLocalized(input.name),
      attributes: attributes.value,
    })
  },
  payload: (t) => ({
    productType: t.field({
      type: productType.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && productType.byId(ctx, value.productTypeId),
    }),
  }),
})

defineMutation('productTypeDelete', {
  description: 'Deletes a product type that no product is of.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('productType', input.id, ['id'])
    return id.ok ? deleteProductType(ctx, id.value) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }) => (value ? toGlobalId('ProductType', value.productTypeId) : null),
    }),
  }),
})
