import { TAX_CLASSES } from '@hilo/channels'
import { channel } from '@hilo/channels/graphql'
import { builder, loadAll, loadsAhead, LocalizedText } from '@hilo/graphql'
import { localize, type Uuid } from '@hilo/kernel'
import { PRODUCT_STATUSES } from '../product.ts'
import {
  categoriesOf,
  category,
  channelIdsOf,
  image,
  imagesOf,
  option,
  optionsOf,
  product,
  productType,
  variant,
  variantsOf,
} from './nodes.ts'
import { SeoType } from './seo.ts'

export const TaxClassEnum = builder.enumType('TaxClass', {
  description: 'How heavily something is taxed; each country of a market has a rate for each.',
  values: TAX_CLASSES,
})

export const ProductStatusEnum = builder.enumType('ProductStatus', {
  description: 'The life of a product: only published ones are sold.',
  values: PRODUCT_STATUSES,
})

builder.node(product.ref, {
  ...product.options,
  description: 'What is sold, in one or more variants. Seen where it is published, and by staff everywhere.',
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Its name in addresses: a-z, 0-9 and dashes.' }),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    description: t.string({
      description: 'Plain text; may be empty.',
      resolve: ({ description }, _args, ctx) => localize(description, ctx),
    }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    descriptionTexts: t.field({ type: LocalizedText, resolve: ({ description }) => description }),
    seo: t.field({ type: SeoType, resolve: (row) => row }),
    taxClass: t.field({ type: TaxClassEnum, resolve: ({ taxClass }) => taxClass }),
    status: t.field({ type: ProductStatusEnum, resolve: ({ status }) => status }),
    productType: t.field({
      type: productType.ref,
      nullable: true,
      description: 'What it has to say; null when it says nothing by attributes.',
      resolve: ({ productTypeId }, _args, ctx) =>
        productTypeId ? productType.byId(ctx, productTypeId) : null,
    }),
    version: t.exposeInt('version', { description: 'Counts the changes of its own fields; see ifVersion.' }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    updatedAt: t.field({ type: 'DateTime', resolve: ({ updatedAt }) => updatedAt }),
    categories: t.field({ type: [category.ref], resolve: ({ id }, _args, ctx) => categoriesOf(ctx, id) }),
    images: t.field({ type: [image.ref], resolve: ({ id }, _args, ctx) => imagesOf(ctx, id) }),
    options: t.field({ type: [option.ref], resolve: ({ id }, _args, ctx) => optionsOf(ctx, id) }),
    variants: t.field({
      type: [variant.ref],
      description:
        'All that are on sale, in their order. Of a product with hundreds ask for variantConnection.',
      resolve: ({ id }, _args, ctx) => variantsOf(ctx, id),
    }),
    channels: t.field({
      type: [channel.ref],
      nullable: true,
      description:
        'Where it is sold when it is published. Null, with an error of its own, without catalog:read.',
      authScopes: { permission: 'catalog:read' },
      resolve: async ({ id }, _args, ctx) => {
        const rows = await channelIdsOf(ctx, id)
        const channels = await loadAll(
          channel.byId,
          ctx,
          rows.map(({ channelId }) => channelId),
        )
        return channels.filter((found) => found !== null)
      },
    }),
  }),
})

loadsAhead('Product', 'variants', async (ctx, products: readonly { readonly id: Uuid }[]) => {
  const ids = products.map(({ id }) => id)
  await variantsOf.ahead(ctx, ids)
  return { type: 'Variant', rows: (await loadAll(variantsOf, ctx, ids)).flat() }
})
