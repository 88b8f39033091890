import { localize, money } from '@hilo/kernel'
import { builder, defineNode, loadMany, LocalizedText, MoneyType } from '@hilo/graphql'
import { allMarkets, type CountryTax, countryTaxes, marketsByIds } from '../market-queries.ts'

export const market = defineNode('Market', (ctx, ids) => marketsByIds(ctx.db, ids))

export const StackingEnum = builder.enumType('Stacking', {
  description: 'STACK: promotions add up. BEST_DEAL: one promotion on each item, whichever is best.',
  values: ['STACK', 'BEST_DEAL'] as const,
})

export const TaxPerEnum = builder.enumType('TaxPer', {
  description: 'Where tax is rounded.',
  values: ['LINE', 'UNIT', 'ORDER'] as const,
})

const CountryTaxType = builder.objectRef<CountryTax>('CountryTax').implement({
  description: 'What is taxed in a country of a market, in parts per million: 21 % is 210000.',
  fields: (t) => ({
    country: t.field({ type: 'CountryCode', resolve: ({ country }) => country }),
    standardPpm: t.int({ resolve: ({ ratesPpm }) => ratesPpm.STANDARD }),
    reducedPpm: t.int({ resolve: ({ ratesPpm }) => ratesPpm.REDUCED }),
    zeroPpm: t.int({ resolve: ({ ratesPpm }) => ratesPpm.ZERO }),
  }),
})

const taxesOf = loadMany(
  ({ db }, marketIds) => countryTaxes(db, marketIds),
  ({ marketId }) => marketId,
)

builder.node(market.ref, {
  ...market.options,
  description: 'A currency, its countries, and whether prices include tax.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    nameTexts: t.field({ type: LocalizedText, resolve: ({ name }) => name }),
    currency: t.field({ type: 'CurrencyCode', resolve: (row) => row.currency }),
    pricesIncludeTax: t.exposeBoolean('pricesIncludeTax'),
    countries: t.field({
      type: ['CountryCode'],
      description: 'Home first: taxes are reckoned for it until the delivery country is known.',
      resolve: ({ countries }) => [...countries],
    }),
    taxes: t.field({
      type: [CountryTaxType],
      description: 'What each of its countries taxes, home first.',
      resolve: async ({ id }, _args, ctx) => [...(await taxesOf(ctx, id))],
    }),
    deliveryPrice: t.field({
      type: MoneyType,
      description: 'Of each delivery, before promotions.',
      resolve: ({ deliveryMinor, currency }) => money(deliveryMinor, currency),
    }),
    defaultLocale: t.exposeString('defaultLocale'),
    timeZone: t.string({
      description: 'IANA: what weekly windows of promotions are told by.',
      resolve: ({ timeZone }) => timeZone ?? 'UTC',
    }),
    stacking: t.field({ type: StackingEnum, resolve: ({ stacking }) => stacking ?? 'STACK' }),
    taxPer: t.field({ type: TaxPerEnum, resolve: ({ taxPer }) => taxPer ?? 'LINE' }),
    version: t.exposeInt('version'),
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
