import type { Executor } from '@hilo/db'
import { currency, type Localized, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import { type MarketRow, reckoning } from './channel-queries.ts'

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
    defaultLocale: row.default_locale,
    deliveryMinor: row.delivery_minor,
    version: row.version,
    ...reckoning(row),
  }))
}

/** The markets with these ids. */
export const marketsByIds = async (db: Executor<'market'>, ids: readonly Uuid[]): Promise<MarketRow[]> =>
  (await allMarkets(db)).filter(({ id }) => ids.includes(id))

/** Tax classes of products; each country of a market has a rate for each. */
export const TAX_CLASSES = ['STANDARD', 'REDUCED', 'ZERO'] as const

/** How heavily a product is taxed. */
export type TaxClass = (typeof TAX_CLASSES)[number]

/** What a country of a market taxes. */
export interface CountryTax {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** Parts per million by tax class. */
  readonly ratesPpm: Readonly<Record<TaxClass, number>>
}

/** What the countries of markets tax, home first; a class without a rate is not taxed. */
export const countryTaxes = async (
  db: Executor<'market' | 'tax_rate'>,
  marketIds: readonly Uuid[],
): Promise<(CountryTax & { readonly marketId: Uuid })[]> => {
  const { rows } = await sql<{ marketId: Uuid; country: string; rates: Partial<Record<TaxClass, number>> }>`
    select market.id as "marketId", home.country,
      coalesce(jsonb_object_agg(tax_class, rate_ppm) filter (where tax_class is not null), '{}') as rates
    from market
    cross join unnest(market.countries) with ordinality as home (country, position)
    left join tax_rate on tax_rate.market_id = market.id and tax_rate.country = home.country
    where market.id = any(${marketIds}::uuid[])
    group by market.id, home.country, home.position
    order by market.id, home.position`.execute(db)
  return rows.map(({ rates, ...row }) => ({
    ...row,
    ratesPpm: { STANDARD: 0, REDUCED: 0, ZERO: 0, ...rates },
  }))
}

/** What a market says about money, beside its currency. */
export interface PricingTerms {
  /** Parts per million by tax class, for the country asked about; a class without a rate is not taxed. */
  readonly taxRates: Readonly<Record<string, number>>
  /** The flat price of a delivery before promotions, minor units of the market's currency. */
  readonly deliveryMinor: bigint
  /** False when the country is none of the market's, or no more: no rate of it is known. */
  readonly served: boolean
}

/** A row of `marketTerms`: the delivery's price as text, and a rate when the country has one. */
export interface MarketTermsRow {
  readonly deliveryMinor: string
  readonly taxClass: string | null
  readonly ratePpm: number | null
  readonly served: boolean
}

/** SQL: the tax rates of a country and the price of a delivery, for `readTogether`. */
export const marketTerms = ({
  marketId,
  country,
}: {
  readonly marketId: Uuid
  readonly country: string
}): RawBuilder<MarketTermsRow> => sql`
  select market.delivery_minor::text as "deliveryMinor", tax_rate.tax_class as "taxClass",
    tax_rate.rate_ppm as "ratePpm", ${country} = any(market.countries) as served
  from market
  left join tax_rate on tax_rate.market_id = market.id and tax_rate.country = ${country}
  where market.id = ${marketId}`

/** The terms out of the rows of `marketTerms`. */
export const toPricingTerms = (rows: readonly MarketTermsRow[]): PricingTerms => ({
  taxRates: Object.fromEntries(rows.flatMap((row) => (row.taxClass ? [[row.taxClass, row.ratePpm!]] : []))),
  deliveryMinor: BigInt(rows[0]?.deliveryMinor ?? 0),
  served: rows[0]?.served ?? false,
})
