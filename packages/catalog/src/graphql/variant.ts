import { builder, LocalizedText } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { variantsBySkus } from '../variant-queries.ts'
import { viewpoint } from '../visibility.ts'
import { notFound } from './not-found.ts'
import { optionValue, optionValuesOf, product, productHeld, variant } from './nodes.ts'

builder.node(variant.ref, {
  ...variant.options,
  description: 'What has a SKU, a price and stock. It is seen where its product is.',
  fields: (t) => ({
    sku: t.exposeString('sku'),
    name: t.string({
      description: 'What tells it from the other variants; empty for an only one.',
      resolve: ({ name }, _args, ctx) => localize(name, ctx),
    }),
    nameTexts: t.field({
      type: LocalizedText,
      description: 'The name in every language, for editing.',
      resolve: ({ name }) => name,
    }),
    product: t.field({
      type: product.ref,
      resolve: async ({ productId }, _args, ctx) => (await productHeld(ctx, productId))!,
    }),
    optionValues: t.field({
      type: [optionValue.ref],
      description: 'Its choice of each option.',
      resolve: ({ id }, _args, ctx) => optionValuesOf(ctx, id),
    }),
    archivedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'From then on nobody sees or buys it; carts and orders go on naming it.',
      resolve: ({ archivedAt }) => archivedAt,
    }),
    version: t.exposeInt('version'),
  }),
})

builder.queryField('variant', (t) =>
  t.field({
    type: variant.ref,
    nullable: true,
    description: 'A variant by id or by SKU; NOT_FOUND when it is not there or not sold here.',
    authScopes: { anyone: true },
    extensions: { publicAnswer: true },
    args: { id: t.arg.id(), sku: t.arg.string() },
    resolve: async (_root, { id, sku }, ctx) => {
      if (id != null) return variant.require(ctx, id)
      const [found] = sku == null ? [] : await variantsBySkus(ctx.db, viewpoint(ctx), [sku])
      if (!found) throw notFound(ctx, 'variant', sku)
      return found
    },
  }),
)
