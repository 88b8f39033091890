import { variant } from '@hilo/catalog/graphql'
import {
  builder,
  connectionType,
  keysetConnection,
  loadPages,
  MoneyType,
  pageArgs,
  readIds,
  refusalError,
} from '@hilo/graphql'
import { money, ok, type Result, type Uuid } from '@hilo/kernel'
import { PRICE_REFUSALS } from '../errors.ts'
import { countListPrices, type ListedPrice, listPricePages } from '../price-pages.ts'
import { MAX_PRICES_SET } from '../set-prices.ts'
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

const pages = loadPages<ListedPrice, readonly Uuid[]>(
  ({ db }, { ownerIds, where, ...page }) =>
    listPricePages(db, { listIds: ownerIds, variantIds: where, ...page }),
  ({ listId }) => listId,
)

const counts = loadPages<{ readonly listId: Uuid; readonly count: number }, readonly Uuid[]>(
  ({ db }, { ownerIds, where }) => countListPrices(db, { listIds: ownerIds, variantIds: where }),
  ({ listId }) => listId,
)

/** The variants asked for; without any, all. */
const readVariantIds = (texts: readonly string[] | null | undefined): Result<Uuid[] | undefined> => {
  if (!texts) return ok(undefined)
  const facts = { count: texts.length, max: MAX_PRICES_SET }
  return texts.length > MAX_PRICES_SET
    ? PRICE_REFUSALS.refuse('TOO_MANY_ROWS', facts, ['variantIds'])
    : readIds('variant', texts, ['variantIds'])
}

builder.objectField(priceList.ref, 'prices', (t) =>
  t.field({
    type: ListedPriceConnection,
    description:
      'The prices of the list by variant and quantity, at any time, with those that follow from other lists.',
    args: {
      ...pageArgs(t.arg),
      variantIds: t.arg.idList({ description: 'Only of these variants; at most 1,000.' }),
    },
    resolve: ({ id }, { variantIds, ...args }, ctx) => {
      const where = readVariantIds(variantIds)
      if (!where.ok) throw refusalError(where.error, ctx)
      return keysetConnection(ctx, {
        args,
        width: 3,
        rows: (page) => pages(ctx, id, { ...page, where: where.value }),
        keyOf: (row) => [row.variantId, row.minQuantity, row.id],
        count: async () =>
          (await counts(ctx, id, { after: undefined, limit: 0, where: where.value }))[0]?.count ?? 0,
      })
    },
  }),
)
