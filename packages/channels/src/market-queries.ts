import type { Executor } from '@hilo/db'
import { currency, type Locale, type Localized, type Uuid } from '@hilo/kernel'
import type { MarketRow } from './channel-queries.ts'

/** Every market, by code. */
export const allMarkets = async (db: Executor<'market'>): Promise<MarketRow[]> => {
  const rows = await db.selectFrom('market').selectAll().orderBy('code').execute()
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name as Localized,
    currency: currency(row.currency),
    pricesIncludeTax: row.prices_include_tax,
    countries: row.countries,
    defaultLocale: row.default_locale as Locale,
    deliveryMinor: row.delivery_minor,
  }))
}

/** The markets with these ids. */
export const marketsByIds = async (db: Executor<'market'>, ids: readonly Uuid[]): Promise<MarketRow[]> =>
  (await allMarkets(db)).filter(({ id }) => ids.includes(id))

/** Tax classes of products; each country of a market has a rate for each. */
export const TAX_CLASSES = ['STANDARD', 'REDUCED', 'ZERO'] as const

/** How heavily a product is taxed. */
export type TaxClass = (typeof TAX_CLASSES)[number]

/** The rates of a country by class, in parts per million; a class without a row is untaxed. */
export const taxRates = async (
  db: Executor<'tax_rate'>,
  { marketId, country }: { readonly marketId: Uuid; readonly country: string },
): Promise<Record<TaxClass, bigint>> => {
  const rows = await db
    .selectFrom('tax_rate')
    .select(['tax_class', 'rate_ppm'])
    .where('market_id', '=', marketId)
    .where('country', '=', country)
    .execute()
  const rate = (taxClass: TaxClass) => BigInt(rows.find((row) => row.tax_class === taxClass)?.rate_ppm ?? 0)
  return { STANDARD: rate('STANDARD'), REDUCED: rate('REDUCED'), ZERO: rate('ZERO') }
}
