import {
  builder,
  defineMutation,
  LocalizedInput,
  MoneyInput,
  type Payload,
  readId,
  readLocalized,
  readMoney,
  registerRefusals,
} from '@hilo/graphql'
import type { Uuid } from '@hilo/kernel'
import { createMarket } from '../create-market.ts'
import { CHANNELS } from '../errors.ts'
import type { CountryTax } from '../market-queries.ts'
import { updateMarket } from '../update-market.ts'
import { market, StackingEnum, TaxPerEnum } from './market.ts'

registerRefusals(CHANNELS.catalogue)

const access = { permission: 'settings:write' } as const

const CountryTaxInput = builder.inputType('CountryTaxInput', {
  description: 'What is taxed in a country, in parts per million: 21 % is 210000.',
  fields: (t) => ({
    country: t.field({ type: 'CountryCode', required: true }),
    standardPpm: t.int({
      required: true,
      description: 'Of products of the class STANDARD, and of deliveries.',
    }),
    reducedPpm: t.int({ required: true }),
    zeroPpm: t.int({ description: '0 when left out.' }),
  }),
})

const readCountry = (input: typeof CountryTaxInput.$inferInput): CountryTax => ({
  country: input.country,
  ratesPpm: { STANDARD: input.standardPpm, REDUCED: input.reducedPpm, ZERO: input.zeroPpm ?? 0 },
})

type PayloadBuilder = Parameters<Parameters<typeof defineMutation<{}, Saved>>[1]['payload']>[0]

interface Saved {
  readonly marketId: Uuid
}

const payload = (t: PayloadBuilder) => ({
  market: t.field({
    type: market.ref,
    nullable: true,
    resolve: ({ value }: Payload<Saved>, _args, ctx) => value && market.byId(ctx, value.marketId),
  }),
})

const COUNTRIES = 'Where it sells, with what is taxed there; home first.'
const DELIVERY = 'Of each delivery, before promotions; in the market’s currency.'
const TAX_MODE = 'True when prices are entered and shown with tax.'
const TIME_ZONE = 'IANA, such as Europe/Madrid.'
const LANGUAGE = 'One of the shop’s: of whoever asks for none that it has.'

defineMutation('marketCreate', {
  description:
    'Makes a market, at most 100 in a shop; it sells once it has a channel. Refuses SETTINGS_CODE_INVALID, MARKET_CODE_TAKEN, SETTINGS_NAME_INVALID, COUNTRIES_INVALID, TAX_RATE_INVALID, DELIVERY_PRICE_INVALID, WRONG_CURRENCY, LANGUAGE_NOT_LISTED, TIME_ZONE_UNKNOWN, TOO_MANY_MARKETS.',
  access,
  input: (t) => ({
    code: t.string({
      required: true,
      description: '1 to 40 small letters, digits and dashes; it stays for ever.',
    }),
    name: t.field({ type: LocalizedInput, required: true }),
    currency: t.field({ type: 'CurrencyCode', required: true }),
    pricesIncludeTax: t.boolean({ required: true, description: TAX_MODE }),
    countries: t.field({ type: [CountryTaxInput], required: true, description: COUNTRIES }),
    defaultLocale: t.field({ type: 'LanguageTag', required: true, description: LANGUAGE }),
    delivery: t.field({ type: MoneyInput, description: `${DELIVERY} Nothing when left out.` }),
    timeZone: t.string({ description: `${TIME_ZONE} UTC when left out.` }),
    stacking: t.field({ type: StackingEnum, description: 'STACK when left out.' }),
    taxPer: t.field({ type: TaxPerEnum, description: 'LINE when left out.' }),
  }),
  run: (ctx, { code, currency, pricesIncludeTax, defaultLocale, ...input }) =>
    createMarket(ctx, {
      code,
      currency,
      pricesIncludeTax,
      defaultLocale,
      name: readLocalized(input.name),
      countries: input.countries.map(readCountry),
      timeZone: input.timeZone ?? 'UTC',
      stacking: input.stacking ?? 'STACK',
      taxPer: input.taxPer ?? 'LINE',
      ...(input.delivery && { delivery: readMoney(input.delivery) }),
    }),
  payload,
})

defineMutation('marketUpdate', {
  description:
    'Changes a market, within seconds in every process; what is left out stays. Refuses MARKET_CURRENCY_IN_USE, and what marketCreate refuses.',
  access,
  input: (t) => ({
    id: t.id({ required: true }),
    ifVersion: t.int(),
    name: t.field({ type: LocalizedInput }),
    currency: t.field({
      type: 'CurrencyCode',
      description: 'Another one only while it has no channels and no price list names it.',
    }),
    pricesIncludeTax: t.boolean({ description: TAX_MODE }),
    countries: t.field({ type: [CountryTaxInput], description: `${COUNTRIES} Replaces all there are.` }),
    defaultLocale: t.field({ type: 'LanguageTag', description: LANGUAGE }),
    delivery: t.field({ type: MoneyInput, description: DELIVERY }),
    timeZone: t.string({ description: TIME_ZONE }),
    stacking: t.field({ type: StackingEnum }),
    taxPer: t.field({ type: TaxPerEnum }),
  }),
  run: async (ctx, { name, countries, delivery, ...input }) => {
    const id = readId('market', input.id, ['id'])
    if (!id.ok) return id
    const { ifVersion, currency, pricesIncludeTax, defaultLocale, timeZone, stacking, taxPer } = input
    return updateMarket(ctx, {
      id: id.value,
      ifVersion,
      currency,
      pricesIncludeTax,
      defaultLocale,
      timeZone,
      stacking,
      taxPer,
      name: name && readLocalized(name),
      countries: countries?.map(readCountry),
      delivery: delivery && readMoney(delivery),
    })
  },
  payload,
})
