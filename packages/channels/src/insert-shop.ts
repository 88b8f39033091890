import type { Executor } from '@hilo/db'
import { newId, type ChannelKind, type Localized, type Market, type Uuid } from '@hilo/kernel'
import type { CountryTax } from './market-queries.ts'

/** A market to be made, with the tax rates of its countries; how it reckons is as in the table when not said. */
export interface NewMarket extends Pick<Market, 'timeZone' | 'stacking' | 'taxPer'> {
  readonly code: string
  readonly name: Localized
  readonly currency: string
  readonly pricesIncludeTax: boolean
  /** A BCP 47 tag. */
  readonly defaultLocale: string
  /** Minor units of the currency. */
  readonly deliveryMinor: number
  readonly taxRates: readonly CountryTax[]
}

/** Gives the countries of markets their tax rates; they have none yet. */
export const insertTaxRates = async (
  db: Executor<'tax_rate'>,
  countries: readonly (CountryTax & { readonly marketId: Uuid })[],
): Promise<void> => {
  const rates = countries.flatMap(({ marketId, country, ratesPpm }) =>
    Object.entries(ratesPpm).map(([taxClass, rate]) => ({
      id: newId(),
      market_id: marketId,
      country,
      tax_class: taxClass,
      rate_ppm: rate,
    })),
  )
  if (rates.length > 0) await db.insertInto('tax_rate').values(rates).execute()
}

/** Makes markets with their tax rates; gives their ids by code. The first country is home. */
export const insertMarkets = async (
  db: Executor<'market' | 'tax_rate'>,
  markets: readonly NewMarket[],
): Promise<ReadonlyMap<string, Uuid>> => {
  const ids = new Map(markets.map(({ code }) => [code, newId()]))
  await db
    .insertInto('market')
    .values(
      markets.map((market) => ({
        id: ids.get(market.code)!,
        code: market.code,
        name: JSON.stringify(market.name),
        currency: market.currency,
        prices_include_tax: market.pricesIncludeTax,
        countries: market.taxRates.map(({ country }) => country),
        default_locale: market.defaultLocale,
        delivery_minor: BigInt(market.deliveryMinor),
        time_zone: market.timeZone ?? 'UTC',
        stacking: market.stacking ?? 'STACK',
        tax_per: market.taxPer ?? 'LINE',
      })),
    )
    .execute()
  await insertTaxRates(
    db,
    markets.flatMap(({ code, taxRates }) => taxRates.map((tax) => ({ ...tax, marketId: ids.get(code)! }))),
  )
  return ids
}

/** A channel to be made in a market that exists. */
export interface NewChannel {
  readonly code: string
  readonly name: Localized
  readonly kind: ChannelKind
  readonly marketId: Uuid
}

/** Makes channels, open at once; gives their ids by code. */
export const insertChannels = async (
  db: Executor<'channel'>,
  channels: readonly NewChannel[],
): Promise<ReadonlyMap<string, Uuid>> => {
  const rows = channels.map(({ code, name, kind, marketId }) => ({
    id: newId(),
    code,
    name: JSON.stringify(name),
    kind,
    market_id: marketId,
  }))
  await db.insertInto('channel').values(rows).execute()
  return new Map(rows.map(({ code, id }) => [code, id]))
}

/** Names the shop; there is one in a database. */
export const insertShop = async (
  db: Executor<'shop'>,
  {
    code,
    name,
    defaultChannelId,
  }: { readonly code: string; readonly name: string; readonly defaultChannelId: Uuid },
): Promise<void> => {
  await db.insertInto('shop').values({ code, name, default_channel_id: defaultChannelId }).execute()
}
