import { localize } from '@hilo/kernel'
import { builder, defineNode } from '@hilo/graphql'
import { allMarkets, marketsByIds } from '../market-queries.ts'

export const market = defineNode('Market', (ctx, ids) => marketsByIds(ctx.db, ids))

export const StackingEnum = builder.enumType('Stacking', {
  description: 'STACK: promotions add up. BEST_DEAL: one promotion on each item, whichever is best.',
  values: ['STACK', 'BEST_DEAL'] as const,
})

export const TaxPerEnum = builder.enumType('TaxPer', {
  description: 'Where tax is rounded.',
  values: ['LINE', 'UNIT', 'ORDER'] as const,
})

builder.node(market.ref, {
  ...market.options,
  description: 'A currency, its countries, and whether prices include tax.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    currency: t.field({ type: 'CurrencyCode', resolve: (row) => row.currency }),
    pricesIncludeTax: t.exposeBoolean('pricesIncludeTax'),
    countries: t.field({ type: ['CountryCode'], resolve: ({ countries }) => [...countries] }),
    defaultLocale: t.exposeString('defaultLocale'),
    timeZone: t.string({
      description: 'IANA: what weekly windows of promotions are told by.',
      resolve: ({ timeZone }) => timeZone ?? 'UTC',
    }),
    stacking: t.field({ type: StackingEnum, resolve: ({ stacking }) => stacking ?? 'STACK' }),
    taxPer: t.field({ type: TaxPerEnum, resolve: ({ taxPer }) => taxPer ?? 'LINE' }),
  }),
})

builder.queryField('markets', (t) =>
  t.field({
    type: [market.ref],
    description: 'Every market of the shop, by code.',
    authScopes: { anyone: true },
    resolve: (_root, _args, { db }) => allMarkets(db),
  }),
)
