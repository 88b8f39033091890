import { variant } from '@hilo/catalog/graphql'
import { builder, defineNode, loadMany, MoneyType } from '@hilo/graphql'
import { money, reachOf } from '@hilo/kernel'
import { pricesByIds, pricesOfVariants } from '../price-queries.ts'
import { priceList } from './price-list.ts'

export const price = defineNode('Price', (ctx, ids) =>
  pricesByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), ids),
)

builder.node(price.ref, {
  ...price.options,
  description: 'A row of a price list: what one unit of a variant costs from a quantity on.',
  fields: (t) => ({
    amount: t.field({
      type: MoneyType,
      resolve: ({ amountMinor, currency }) => money(amountMinor, currency),
    }),
    minQuantity: t.exposeInt('minQuantity'),
    maxQuantity: t.exposeInt('maxQuantity', {
      nullable: true,
      description: 'Up to it; null is without end.',
    }),
    priceList: t.field({
      type: priceList.ref,
      resolve: async ({ priceListId }, _args, ctx) => (await priceList.byId(ctx, priceListId))!,
    }),
    validFrom: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Null means it has always been valid.',
      resolve: ({ valid }) => valid.from,
    }),
    validUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until just before; null means for ever.',
      resolve: ({ valid }) => valid.until,
    }),
  }),
})

const pricesOf = loadMany(
  (ctx, variantIds) => pricesOfVariants(ctx.db, reachOf(ctx.actor, 'prices:read'), variantIds),
  ({ variantId }) => variantId,
)

builder.objectField(variant.ref, 'prices', (t) =>
  t.field({
    type: [price.ref],
    nullable: true,
    description:
      'Every row of every price list that you may read. Null, with an error of its own, without prices:read; what it costs here and now is `price`.',
    authScopes: { permission: 'prices:read' },
    resolve: ({ id }, _args, ctx) => pricesOf(ctx, id),
  }),
)
