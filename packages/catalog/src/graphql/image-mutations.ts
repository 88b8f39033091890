import {
  defineMutation,
  LocalizedInput,
  type Payload,
  readId,
  readIds,
  readLocalized,
  type RequestContext,
  toGlobalId,
} from '@hilo/graphql'
import { ok, type Uuid } from '@hilo/kernel'
import { addImage } from '../add-image.ts'
import { removeImage, reorderImages, setVariantImages, updateImage } from '../images/change-images.ts'
import { image, product, variantField } from './nodes.ts'

const access = { permission: 'catalog:write' } as const

const imageField = {
  type: image.ref,
  nullable: true,
  resolve: ({ value }: Payload<{ readonly imageId: Uuid }>, _args: object, ctx: RequestContext) =>
    value && image.byId(ctx, value.imageId),
} as const

const productField = {
  type: product.ref,
  nullable: true,
  resolve: ({ value }: Payload<{ readonly productId: Uuid }>, _args: object, ctx: RequestContext) =>
    value && product.byId(ctx, value.productId),
} as const

defineMutation('imageAdd', {
  description:
    'Adds a picture as the last of a product, at most 100. Refuses URL_INVALID, ASSET_NOT_SHOWN, NOT_FOUND, TOO_MANY.',
  access,
  input: (t) => ({
    productId: t.id({ required: true }),
    url: t.string({ description: 'https://…, or a path of the shop’s own server; instead of assetId.' }),
    assetId: t.id({ description: 'A public picture of the shop; instead of url.' }),
    alt: t.field({ type: LocalizedInput }),
  }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const assetId = input.assetId == null ? ok(null) : readId('asset', input.assetId, ['assetId'])
    if (!assetId.ok) return assetId
    return addImage(ctx, {
      productId: productId.value,
      url: input.url,
      assetId: assetId.value,
      alt: input.alt && readLocalized(input.alt),
    })
  },
  payload: (t) => ({ image: t.field(imageField) }),
})

defineMutation('imageUpdate', {
  description: 'Changes the alternative text of a picture. Refuses NOT_FOUND.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    alt: t.field({ type: LocalizedInput, required: true }),
  }),
  run: async (ctx, input) => {
    const id = readId('image', input.id, ['id'])
    return id.ok ? updateImage(ctx, { id: id.value, alt: readLocalized(input.alt) }) : id
  },
  payload: (t) => ({ image: t.field(imageField) }),
})

defineMutation('imageRemove', {
  description: 'Takes a picture away from its product; its asset stays. Refuses NOT_FOUND.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('image', input.id, ['id'])
    return id.ok ? removeImage(ctx, id.value) : id
  },
  payload: (t) => ({
    deletedId: t.id({
      nullable: true,
      resolve: ({ value }) => (value ? toGlobalId('Image', value.imageId) : null),
    }),
    product: t.field(productField),
  }),
})

defineMutation('imagesReorder', {
  description:
    'Puts all pictures of a product into an order; the first is the main one. Refuses IMAGE_ORDER_INCOMPLETE.',
  access,
  input: (t) => ({ productId: t.id({ required: true }), imageIds: t.idList({ required: true }) }),
  run: async (ctx, input) => {
    const productId = readId('product', input.productId, ['productId'])
    if (!productId.ok) return productId
    const imageIds = readIds('image', input.imageIds, ['imageIds'])
    return imageIds.ok
      ? reorderImages(ctx, { productId: productId.value, imageIds: imageIds.value })
      : imageIds
  },
  payload: (t) => ({ product: t.field(productField) }),
})

defineMutation('variantImagesSet', {
  description: 'Says which pictures of its product show a variant; none: all of them do. Refuses NOT_FOUND.',
  access,
  input: (t) => ({ variantId: t.id({ required: true }), imageIds: t.idList({ required: true }) }),
  run: async (ctx, input) => {
    const variantId = readId('variant', input.variantId, ['variantId'])
    if (!variantId.ok) return variantId
    const imageIds = readIds('image', input.imageIds, ['imageIds'])
    return imageIds.ok
      ? setVariantImages(ctx, { variantId: variantId.value, imageIds: imageIds.value })
      : imageIds
  },
  payload: (t) => ({ variant: t.field(variantField) }),
})
