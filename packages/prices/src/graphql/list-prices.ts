import { variant } from '@hilo/catalog/graphql'
import {
  builder,
  connectionType,
  keysetConnection,
  loadOne,
  loadPages,
  MoneyType,
  pageArgs,
} from '@hilo/graphql'
import { money } from '@hilo/kernel'
import { countListPrices, type ListedPrice, listPricePages } from '../price-pages.ts'
import { price } from './price.ts'
import { priceList } from './price-list.ts'

const ListedPriceType = builder.objectRef<ListedPrice>('ListedPrice').implement({
  description:
    'A price as a list has it: a row of its own, or one that follows from the row of another list.',
  fields: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      description: 'Null when you may not see it, as a draft without catalog:read.',
      resolve: ({ variantId }, _args, ctx) => variant.byId(ctx, variantId),
    }),
    sku: t.string({
      nullable: true,
      resolve: async ({ variantId }, _args, ctx) => (await variant.byId(ctx, variantId))?.sku,
    }),
    amount: t.field({
      type: MoneyType,
      resolve: ({ amountMinor, currency }) => money(amountMinor, currency),
    }),
    minQuantity: t.exposeInt('minQuantity'),
    maxQuantity: t.exposeInt('maxQuantity', { nullable: true }),
    validFrom: t.field({ type: 'DateTime', nullable: true, resolve: ({ valid }) => valid.from }),
    validUntil: t.field({ type: 'DateTime', nullable: true, resolve: ({ valid }) => valid.until }),
    derived: t.exposeBoolean('derived', {
      description: 'True when it follows from another list; setting a price here overrides it.',
    }),
    row: t.field({
      type: price.ref,
      nullable: true,
      description: 'The row that it is, or follows from; null when you may not see its list.',
      resolve: ({ id }, _args, ctx) => price.byId(ctx, id),
    }),
  }),
})

const ListedPriceConnection = connectionType(ListedPriceType, 'ListedPrice')

const pages = loadPages(
  ({ db }, { ownerIds, ...page }) => listPricePages(db, { listIds: ownerIds, ...page }),
  ({ listId }) => listId,
)

const countOf = loadOne(
  ({ db }, listIds) => countListPrices(db, listIds),
  ({ listId }) => listId,
)

builder.objectField(priceList.ref, 'prices', (t) =>
  t.field({
    type: ListedPriceConnection,
    description:
      'The prices of the list by variant and quantity, at any time, with those that follow from other lists.',
    args: pageArgs(t.arg),
    resolve: ({ id }, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 3,
        rows: (page) => pages(ctx, id, page),
        keyOf: (row) => [row.variantId, row.minQuantity, row.id],
        count: async () => (await countOf(ctx, id))?.count ?? 0,
      }),
  }),
)
