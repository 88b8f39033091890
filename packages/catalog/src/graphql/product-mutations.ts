import {
  defineMutation,
  type LocalizedEntered,
  LocalizedInput,
  readId,
  readIds,
  readLocalized,
  toGlobalId,
} from '@hilo/graphql'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { createProduct } from '../create-product.ts'
import { updateProduct } from '../update-product.ts'
import { deleteProduct } from '../variants/delete-variants.ts'
import { readAttributes, AttributeValueInput } from './attribute-input.ts'
import { product } from './nodes.ts'
import { ProductStatusEnum, TaxClassEnum } from './product.ts'
import { readSeo, SeoInput } from './seo.ts'

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

const readTyped = (input: {
  productTypeId?: string | null
  attributes?: Parameters<typeof readAttributes>[0]
}) => {
  const productTypeId =
    input.productTypeId == null
      ? ok(input.productTypeId)
      : readId('productType', input.productTypeId, ['productTypeId'])
  if (!productTypeId.ok) return productTypeId
  const attributes = readAttributes(input.attributes)
  if (!attributes.ok) return attributes
  return ok({ productTypeId: productTypeId.value, attributes: attributes.value })
}

const optional = (text: LocalizedEntered | null | undefined) => text && readLocalized(text)

defineMutation('productCreate', {
  description: 'Creates a product. Without channelIds it is sold in every open channel.',
  access,
  input: (t) => ({
    slug: t.string({
      description: 'Made of the name when left out: accents off, a number when it is taken.',
    }),
    name: t.field({ type: LocalizedInput, required: true }),
    description: t.field({ type: LocalizedInput }),
    seo: t.field({ type: SeoInput }),
    taxClass: t.field({ type: TaxClassEnum, description: 'STANDARD when not said.' }),
    status: t.field({ type: ProductStatusEnum, description: 'PUBLISHED when not said.' }),
    productTypeId: t.id(),
    attributes: t.field({
      type: [AttributeValueInput],
      description: 'Of the type, at the level of the product. A required one may only be missing in a draft.',
    }),
    categoryIds: t.idList(),
    channelIds: t.idList(),
  }),
  run: async (ctx, input) => {
    const places = readPlaces(input)
    if (!places.ok) return places
    const typed = readTyped(input)
    if (!typed.ok) return typed
    return createProduct(ctx, {
      ...input,
      ...typed.value,
      name: readLocalized(input.name),
      description: optional(input.description),
      seo: readSeo(input.seo),
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
    seo: t.field({ type: SeoInput, description: 'Replaces all SEO fields.' }),
    taxClass: t.field({ type: TaxClassEnum }),
    status: t.field({ type: ProductStatusEnum }),
    productTypeId: t.id({
      description: 'Null takes the type away, and with it what the product and its variants say.',
    }),
    attributes: t.field({ type: [AttributeValueInput], description: 'Only these change.' }),
    categoryIds: t.idList(),
    channelIds: t.idList(),
  }),
  run: async (ctx, input) => {
    const id = readId('product', input.id, ['id'])
    if (!id.ok) return id
    const places = readPlaces(input)
    if (!places.ok) return places
    const typed = readTyped(input)
    if (!typed.ok) return typed
    return updateProduct(ctx, {
      ...input,
      ...typed.value,
      id: id.value,
      name: optional(input.name),
      description: optional(input.description),
      seo: readSeo(input.seo),
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

defineMutation('productDelete', {
  description:
    'Deletes a product that nothing else holds: no price, stock, cart or order. One that was sold is archived instead.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('product', input.id, ['id'])
    return id.ok ? deleteProduct(ctx, id.value) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }) => (value ? toGlobalId('Product', value.productId) : null),
    }),
  }),
})
