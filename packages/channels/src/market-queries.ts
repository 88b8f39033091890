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

/** What a market says about money, beside its currency. */
export interface PricingTerms {
  /** Parts per million by tax class, for the country asked about; a class without a rate is not taxed. */
  readonly taxRates: Readonly<Record<string, number>>
  /** The flat price of a delivery before promotions, minor units of the market's currency. */
  readonly deliveryMinor: bigint
}

/** The tax rates of a country and the price of a delivery, in one statement. */
export const pricingTerms = async (
  db: Executor<'market' | 'tax_rate'>,
  { marketId, country }: { readonly marketId: Uuid; readonly country: string },
): Promise<PricingTerms> => {
  const rows = await db
    .selectFrom('market')
    .leftJoin('tax_rate', (join) =>
      join.onRef('tax_rate.market_id', '=', 'market.id').on('tax_rate.country', '=', country),
    )
    .select(['market.delivery_minor', 'tax_rate.tax_class', 'tax_rate.rate_ppm'])
    .where('market.id', '=', marketId)
    .execute()
  return {
    taxRates: Object.fromEntries(
      rows.flatMap((row) => (row.tax_class ? [[row.tax_class, row.rate_ppm!]] : [])),
    ),
    deliveryMinor: rows[0]?.delivery_minor ?? 0n,
  }
}
