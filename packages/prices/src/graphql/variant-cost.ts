import { variant } from '@hilo/catalog/graphql'
import { builder, defineMutation, loadMany, MoneyInput, MoneyType, readId, readMoney } from '@hilo/graphql'
import { type Money, money, reachOf, type Uuid } from '@hilo/kernel'
import { setVariantCost, variantCosts } from '../variant-cost.ts'

interface Cost {
  readonly variantId: Uuid
  readonly amount: Money
}

const costsOf = loadMany<Cost>(
  async (ctx, variantIds) =>
    [...(await variantCosts(ctx.db, variantIds))].flatMap(([currency, costs]) =>
      [...costs].map(([variantId, { amountMinor }]) => ({ variantId, amount: money(amountMinor, currency) })),
    ),
  ({ variantId }) => variantId,
)

builder.objectField(variant.ref, 'costs', (t) =>
  t.field({
    type: [MoneyType],
    nullable: true,
    description:
      'What a unit costs the shop itself, by currency. It is the same for all channels: null for who reads the prices of some of them only.',
    authScopes: { permission: 'prices:read' },
    resolve: async ({ id }, _args, ctx) =>
      reachOf(ctx.actor, 'prices:read') === 'all'
        ? (await costsOf(ctx, id)).map(({ amount }) => amount)
        : null,
  }),
)

defineMutation('variantCostSet', {
  description:
    'Notes what a unit of a variant costs the shop itself in a currency, for margins. Without a cost it is forgotten.',
  access: { permission: 'prices:write' },
  input: (t) => ({
    variantId: t.id({ required: true }),
    currency: t.field({ type: 'CurrencyCode', required: true }),
    cost: t.field({ type: MoneyInput }),
  }),
  run: async (ctx, { variantId, currency, cost }) => {
    const id = readId('variant', variantId, ['variantId'])
    if (!id.ok) return id
    return setVariantCost(ctx, { variantId: id.value, currency, cost: cost ? readMoney(cost) : null })
  },
  payload: (t) => ({
    variant: t.field({
      type: variant.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && variant.byId(ctx, value.variantId),
    }),
  }),
})
