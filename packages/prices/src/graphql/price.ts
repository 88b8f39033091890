import { variant, variantHeld } from '@hilo/catalog/graphql'
import {
  builder,
  defineMutation,
  defineNode,
  loadMany,
  MoneyInput,
  MoneyType,
  readId,
  readMoney,
} from '@hilo/graphql'
import { money, reachOf } from '@hilo/kernel'
import { pricesByIds, pricesOfVariants } from '../price-queries.ts'
import { removePrice, setPrice } from '../set-price.ts'
import { priceList } from './price-list.ts'

const access = { permission: 'prices:write' } as const

const price = defineNode('Price', (ctx, ids) => pricesByIds(ctx.db, reachOf(ctx.actor, 'prices:read'), ids))

builder.node(price.ref, {
  ...price.options,
  description: 'A row of a price list: what one unit of a variant costs from a quantity on.',
  fields: (t) => ({
    amount: t.field({
      type: MoneyType,
      resolve: ({ amountMinor, currency }) => money(amountMinor, currency),
    }),
    minQuantity: t.exposeInt('minQuantity'),
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

defineMutation('priceSet', {
  description:
    'Sets what one unit of a variant costs in a list, from a quantity on. Changes the row of the same quantity and time, or adds one.',
  access,
  input: (t) => ({
    variantId: t.id({ required: true }),
    priceListId: t.id({ required: true }),
    amount: t.field({
      type: MoneyInput,
      required: true,
      description: 'In the currency of the list; from 0.',
    }),
    minQuantity: t.int({ defaultValue: 1 }),
    validFrom: t.field({ type: 'DateTime' }),
    validUntil: t.field({ type: 'DateTime' }),
  }),
  run: async (ctx, input) => {
    const variantId = readId('variant', input.variantId, ['variantId'])
    if (!variantId.ok) return variantId
    const priceListId = readId('priceList', input.priceListId, ['priceListId'])
    if (!priceListId.ok) return priceListId
    return setPrice(ctx, {
      variantId: variantId.value,
      priceListId: priceListId.value,
      amount: readMoney(input.amount),
      minQuantity: input.minQuantity,
      valid: { from: input.validFrom ?? null, until: input.validUntil ?? null },
    })
  },
  payload: (t) => ({
    price: t.field({
      type: price.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && price.byId(ctx, value.priceId),
    }),
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variantHeld(ctx, value.variantId),
    }),
  }),
})

defineMutation('priceRemove', {
  description: 'Takes a price row away; the variant then costs what the next row says, or is not sold.',
  access,
  input: (t) => ({ id: t.id({ required: true }) }),
  run: async (ctx, input) => {
    const id = readId('price', input.id, ['id'])
    return id.ok ? removePrice(ctx, id.value) : id
  },
  payload: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variantHeld(ctx, value.variantId),
    }),
  }),
})
