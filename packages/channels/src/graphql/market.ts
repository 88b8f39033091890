import { localize } from '@hilo/kernel'
import { builder, defineNode } from '@hilo/graphql'
import { allMarkets, marketsByIds } from '../market-queries.ts'

export const market = defineNode('Market', (ctx, ids) => marketsByIds(ctx.db, ids))

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
