import { asset, publicUrl } from '@hilo/assets/graphql'
import { builder, loadAll, loadMany, LocalizedText, whenLoaded } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { imagesOfVariants, productsOfAssets } from '../image-queries.ts'
import { image, product, variant } from './nodes.ts'

builder.node(image.ref, {
  ...image.options,
  description: 'A picture of a product.',
  fields: (t) => ({
    url: t.string({
      description:
        'An address, or a path of the shop’s own server. Of an asset in WebP, at most 1,280 pixels wide.',
      resolve: ({ url, assetId }, _args, ctx) => (assetId ? publicUrl(ctx, url) : url),
    }),
    alt: t.string({
      description:
        'What is to be seen, for those who cannot: of this picture, else of its asset; empty when nobody wrote it.',
      resolve: ({ alt, assetId }, _args, ctx) => {
        const own = localize(alt, ctx)
        if (own !== '' || !assetId) return own
        return whenLoaded(asset.byId(ctx, assetId), (found) => (found ? localize(found.alt, ctx) : ''))
      },
    }),
    altTexts: t.field({
      type: LocalizedText,
      description: 'Of this picture alone, in every language.',
      resolve: ({ alt }) => alt,
    }),
    asset: t.field({
      type: asset.ref,
      nullable: true,
      description: 'In more sizes, shapes and formats; null for a picture that is elsewhere.',
      resolve: ({ assetId }, _args, ctx) => (assetId ? asset.byId(ctx, assetId) : null),
    }),
    position: t.exposeInt('position', { description: 'From 0; the first is the main one.' }),
  }),
})

const imagesOfVariant = loadMany(
  (ctx, ids) => imagesOfVariants(ctx.db, ids),
  ({ variantId }) => variantId,
)

builder.objectField(variant.ref, 'images', (t) =>
  t.field({
    type: [image.ref],
    description: 'Those of its product that show this variant; empty when all of them do.',
    resolve: async ({ id }, _args, ctx) => [...(await imagesOfVariant(ctx, id))],
  }),
)

const usesOf = loadMany(
  (ctx, ids) => productsOfAssets(ctx.db, ids),
  ({ assetId }) => assetId,
)

builder.objectField(asset.ref, 'usedBy', (t) =>
  t.field({
    type: [product.ref],
    nullable: true,
    description:
      'The products that show it, say it by an attribute, or give it to buyers, or once gave it: who bought it keeps it. Null, with an error of its own, without catalog:read. Addresses in texts are not looked for.',
    authScopes: { permission: 'catalog:read' },
    resolve: async ({ id }, _args, ctx) => {
      const ids = (await usesOf(ctx, id)).map(({ productId }) => productId)
      const found = await loadAll(product.byId, ctx, ids)
      return found.filter((each) => each !== null)
    },
  }),
)
