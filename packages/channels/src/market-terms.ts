import { changesBetween, type Changed, type Context, type Json } from '@hilo/db'
import { COMMON, type Localized, type Market, type Money, ok, type Result } from '@hilo/kernel'
import { checkLanguage } from './check-language.ts'
import { checkCountries, checkDelivery, checkName, checkTimeZone } from './check-settings.ts'
import type { CountryTax } from './market-queries.ts'

/** What is said of a market: all of it is checked, what is left out stays. */
export interface SaidOfMarket extends Pick<Market, 'timeZone' | 'stacking' | 'taxPer'> {
  readonly name?: Localized
  /** What it is after this. */
  readonly currency: string
  readonly countries?: readonly CountryTax[]
  readonly defaultLocale?: string
  readonly delivery?: Money | undefined
}

/** Refuses what no market can be: the first of its terms that is wrong. */
export const checkMarket = async (ctx: Context, said: SaidOfMarket): Promise<Result<null>> => {
  const { name, timeZone, countries, delivery, currency, defaultLocale } = said
  const checks = [
    name && checkName(name),
    timeZone !== undefined && checkTimeZone(timeZone),
    countries && checkCountries(countries),
    delivery && checkDelivery(delivery),
  ]
  for (const check of checks) if (check && !check.ok) return check
  if (delivery && delivery.currency !== currency) {
    const wrong = { currency: delivery.currency, expected: currency }
    return COMMON.refuse('WRONG_CURRENCY', wrong, ['delivery', 'currency'])
  }
  return defaultLocale === undefined ? ok(null) : checkLanguage(ctx, defaultLocale, ['defaultLocale'])
}

/** All that a market is, as the log names it. */
export interface MarketFacts extends Required<Pick<SaidOfMarket, 'countries' | 'currency'>> {
  readonly name: Localized
  readonly pricesIncludeTax: boolean
  readonly defaultLocale: string
  readonly deliveryMinor: number
  readonly timeZone?: string | undefined
  readonly stacking?: string | undefined
  readonly taxPer?: string | undefined
}

const asJson = ({ countries, ...facts }: MarketFacts): Readonly<Record<string, Json | undefined>> => ({
  ...facts,
  countries: countries.map(({ country }) => country),
  taxRates: Object.fromEntries(countries.map(({ country, ratesPpm }) => [country, { ...ratesPpm }])),
})

/** What changed of a market; all there is without one before. */
export const marketChanges = (before: MarketFacts | undefined, after: MarketFacts): Changed =>
  changesBetween(before ? asJson(before) : {}, asJson(after))
