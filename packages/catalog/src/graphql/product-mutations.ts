import {
  builder,
  defineMutation,
  type LocalizedEntered,
  LocalizedInput,
  readId,
  readIds,
  readLocalized,
} from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { addImage } from '../add-image.ts'
import { createOption } from '../create-option.ts'
import { createProduct } from '../create-product.ts'
import { updateProduct } from '../update-product.ts'
import { image, option, product } from './nodes.ts'
import { ProductStatusEnum, TaxClassEnum } from './product.ts'

const access = { permission: 'catalog:write' } as const

const readPlaces = (input: {
  categoryIds?: string[] | null
  channelIds?: string[] | null
}): Result<{ categoryIds?: Uuid[]; channelIds?: Uuid[] }> => {
  const categoryIds = input.categoryIds
    ? readIds('category', input.categoryIds, ['categoryIds'])
    : ok(undefined)
  if (!categoryIds.ok) return categoryIds
  const channelIds = input.channelIds ? readIds('channel', input.channelIds, ['channelIds']) : ok(undefined)
  if (!channelIds.ok) return channelIds
  return ok({ categoryIds: categoryIds.value, channelIds: channelIds.value })
}

const optional = (text: LocalizedEntered | null | undefined) => text && readLocalized(text)

defineMutation('productCreate', {
  description: 'Creates a product. Without channelIds it is sold in every open channel.',
  access,
  input: (t) => ({
    slug: t.string({ required: true }),
    name: t.field({ type: LocalizedInput, required: true }),
    description: t.field({ type: LocalizedInput }),
    taxClass: t.field({ type: TaxClassEnum, description: 'STANDARD when not said.' }),
    status: t.field({ type: ProductStatusEnum, description: 'PUBLISHED when not said.' }),
    categoryIds: t.idList(),
    channelIds: t.idList(),
  }),
  run: async (ctx, input) => {
    const places = readPlaces(input)
    if (!places.ok) return places
    return createProduct(ctx, {
      ...input,
      name: readLocalized(input.name),
      description: optional(input.description),
      ...places.value,
    })
  },
  payload: (t) => ({
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})

defineMutation('productUpdate', {
  description: 'Changes a product; what is left out stays. Lists replace the ones before.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    slug: t.string(),
    name: t.field({ type: LocalizedInput }),
    description: t.field({ type: LocalizedInput }),
    taxClass: t.field({ type: TaxClassEnum }),
    status: t.field({ type: ProductStatusEnum }),
    categoryIds: t.idList(),
    channelIds: t.idList(),
  }),
  run: async (ctx, input) => {
    const id = readId('product', input.id, ['id'])
    if (!id.ok) return id
    const places = readPlaces(input)
    if (!places.ok) return places
    return updateProduct(ctx, {
      ...input,
      id: id.value,
      name: optional(input.name),
      description: optional(input.description),
      ...places.value,
    })
  },
  payload: (t) => ({
    product: t.field({
      type: product.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && product.byId(ctx, value.productId),
    }),
  }),
})

const OptionValueInput = builder.inputType('OptionValueInput', {
  fields: (t) => ({
    code: t.string({ required: true }),
    name: t.field({ type: LocalizedInput, required: true }),
  }),
})

defineMutation('optionCreate', {
  description: 'Adds an option with its values as the last of a product.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    code: t.string({ required: true }),
    name: t.field({ type: LocalizedInput, required: true }),
    values: t.field({ type: [OptionValueInput], required: true }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    return createOption(ctx, {
      productId: productId.value,
      code: input.code,
      name: readLocalized(input.name),
      values: input.values.map(({ code, name }) => ({ code, name: readLocalized(name) })),
    })
  },
  payload: (t) => ({
    option: t.field({
      type: option.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && option.byId(ctx, value.optionId),
    }),
  }),
})

defineMutation('imageAdd', {
  description: 'Adds a picture as the last of a product.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    url: t.string({ required: true, description: 'https://…, or a path of the shop’s own server.' }),
    alt: t.field({ type: LocalizedInput }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    return addImage(ctx, { productId: productId.value, url: input.url, alt: optional(input.alt) })
  },
  payload: (t) => ({
    image: t.field({
      type: image.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && image.byId(ctx, value.imageId),
    }),
  }),
})
