import { defineNode, loadMany, loadOne, type Payload, type RequestContext } from '@hilo/graphql'
import type { Uuid } from '@hilo/kernel'
import { attributesByIds } from '../attributes/attribute-queries.ts'
import { attributeValuesOf } from '../attributes/value-queries.ts'
import { categoriesByIds, categoriesOfProducts, childrenOfCategories } from '../category-queries.ts'
import { collectionsByIds, collectionsOfProducts } from '../collections/collection-queries.ts'
import { imagesByIds, imagesOfProducts } from '../image-queries.ts'
import { optionsByIds, optionsOfProducts, optionValuesByIds } from '../option-queries.ts'
import { channelIdsOfProducts, productsByIds, productsHeld } from '../product-queries.ts'
import { attributesOfTypes, typesByIds } from '../types/type-queries.ts'
import {
  optionValuesOfVariants,
  variantsByIds,
  variantsHeld,
  variantsOfProducts,
} from '../variant-queries.ts'
import { viewpoint } from '../visibility.ts'

export const product = defineNode('Product', (ctx, ids) => productsByIds(ctx.db, viewpoint(ctx), ids))
export const variant = defineNode('Variant', (ctx, ids) => variantsByIds(ctx.db, viewpoint(ctx), ids))
export const category = defineNode('Category', (ctx, ids) => categoriesByIds(ctx.db, ids))
export const collection = defineNode('Collection', (ctx, ids) =>
  collectionsByIds(ctx.db, viewpoint(ctx), ids),
)
export const image = defineNode('Image', (ctx, ids) => imagesByIds(ctx.db, viewpoint(ctx), ids))
export const option = defineNode('Option', (ctx, ids) => optionsByIds(ctx.db, viewpoint(ctx), ids))
export const optionValue = defineNode('OptionValue', (ctx, ids) =>
  optionValuesByIds(ctx.db, viewpoint(ctx), ids),
)

/** The variant of something that the caller owns (a cart line, a slot), which may no longer be sold here. */
export const variantHeld = loadOne(
  (ctx, ids) => variantsHeld(ctx.db, ids),
  ({ id }) => id,
)

/** The product of a variant that the caller has seen. */
export const productHeld = loadOne(
  (ctx, ids) => productsHeld(ctx.db, ids),
  ({ id }) => id,
)

/** The variants of a product that the caller has seen. */
export const variantsOf = loadMany(
  (ctx, productIds) => variantsOfProducts(ctx.db, productIds),
  ({ productId }) => productId,
)

export const imagesOf = loadMany(
  (ctx, productIds) => imagesOfProducts(ctx.db, productIds),
  ({ productId }) => productId,
)

export const optionsOf = loadMany(
  (ctx, productIds) => optionsOfProducts(ctx.db, productIds),
  ({ productId }) => productId,
)

export const optionValuesOf = loadMany(
  (ctx, variantIds) => optionValuesOfVariants(ctx.db, variantIds),
  ({ variantId }) => variantId,
)

export const categoriesOf = loadMany(
  (ctx, productIds) => categoriesOfProducts(ctx.db, productIds),
  ({ productId }) => productId,
)

export const collectionsOf = loadMany(
  (ctx, productIds) => collectionsOfProducts(ctx.db, viewpoint(ctx), productIds),
  ({ productId }) => productId,
)

export const childrenOf = loadMany(
  (ctx, parentIds) => childrenOfCategories(ctx.db, parentIds),
  ({ parentId }) => parentId!,
)

export const channelIdsOf = loadMany(
  (ctx, productIds) => channelIdsOfProducts(ctx.db, productIds),
  ({ productId }) => productId,
)

export const productType = defineNode('ProductType', (ctx, ids) => typesByIds(ctx.db, ids))
export const attribute = defineNode('Attribute', (ctx, ids) => attributesByIds(ctx.db, viewpoint(ctx), ids))

/** The attributes that a product type lists. */
export const typeAttributesOf = loadMany(
  (ctx, typeIds) => attributesOfTypes(ctx.db, viewpoint(ctx), typeIds),
  ({ productTypeId }) => productTypeId,
)

/** What a product or a variant says for itself, by its id. The caller has seen it. */
export const attributesOf = loadMany(
  (ctx, ownerIds) => attributeValuesOf(ctx.db, viewpoint(ctx), ownerIds),
  ({ ownerId }) => ownerId,
)

/** The field `variant` of a mutation's payload. */
export const variantField = {
  type: variant.ref,
  nullable: true,
  resolve: ({ value }: Payload<{ readonly variantId: Uuid }>, _args: object, ctx: RequestContext) =>
    value && variant.byId(ctx, value.variantId),
} as const
