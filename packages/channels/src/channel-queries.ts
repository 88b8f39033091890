import type { Executor } from '@hilo/db'
import {
  currency,
  languageChain,
  type Channel,
  type ChannelKind,
  type Localized,
  type Market,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'

/** A channel as people see it in lists: with its name and whether it is open. */
export interface ChannelRow extends Channel {
  readonly name: Localized
  /** False: requests from it are refused. */
  readonly active: boolean
  readonly version: number
  readonly market: MarketRow
}

/** A market as people see it in lists. */
export interface MarketRow extends Market {
  readonly name: Localized
  /** The flat price of a delivery, minor units of the market's currency, before promotions. */
  readonly deliveryMinor: bigint
  readonly version: number
}

/** How a market reckons, out of its columns. */
export const reckoning = (row: {
  readonly time_zone: string
  readonly stacking: string
  readonly tax_per: string
}): Pick<Market, 'timeZone' | 'stacking' | 'taxPer'> => ({
  timeZone: row.time_zone,
  stacking: row.stacking as NonNullable<Market['stacking']>,
  taxPer: row.tax_per as NonNullable<Market['taxPer']>,
})

/** The language of the shop, that markets fall back to. */
const shopLocale = sql<string | null>`(select default_locale from shop)`.as('shop_locale')

const channelRows = (db: Executor<'channel' | 'market'>) =>
  db
    .selectFrom('channel')
    .innerJoin('market', 'market.id', 'channel.market_id')
    .select([
      'channel.id',
      'channel.code',
      'channel.kind',
      'channel.name',
      'channel.active',
      'channel.version',
      'market.id as market_id',
      'market.code as market_code',
      'market.name as market_name',
      'market.currency',
      'market.prices_include_tax',
      'market.countries',
      'market.default_locale',
      'market.delivery_minor',
      'market.time_zone',
      'market.stacking',
      'market.tax_per',
      'market.version as market_version',
      shopLocale,
    ])
    .orderBy('channel.code')

type Row = Awaited<ReturnType<ReturnType<typeof channelRows>['execute']>>[number]

const toChannel = (row: Row): ChannelRow => ({
  id: row.id,
  code: row.code,
  kind: row.kind as ChannelKind,
  name: row.name as Localized,
  active: row.active,
  version: row.version,
  market: {
    id: row.market_id,
    code: row.market_code,
    name: row.market_name as Localized,
    currency: currency(row.currency),
    pricesIncludeTax: row.prices_include_tax,
    countries: row.countries,
    defaultLocale: row.default_locale,
    languages: languageChain([row.default_locale, ...(row.shop_locale ? [row.shop_locale] : [])]),
    deliveryMinor: row.delivery_minor,
    version: row.market_version,
    ...reckoning(row),
  },
})

/** Every channel with its market, by code: a shop has tens, so this is read whole. */
export const allChannels = async (db: Executor<'channel' | 'market'>): Promise<ChannelRow[]> =>
  (await channelRows(db).execute()).map(toChannel)

/** The channels with these ids, in no particular order. */
export const channelsByIds = async (
  db: Executor<'channel' | 'market'>,
  ids: readonly Uuid[],
): Promise<ChannelRow[]> => (await channelRows(db).where('channel.id', 'in', ids).execute()).map(toChannel)

/** The open channel with this code, as the header `Hilo-Channel` names it. */
export const channelByCode = async (
  db: Executor<'channel' | 'market'>,
  code: string,
): Promise<ChannelRow | undefined> => {
  const row = await channelRows(db)
    .where('channel.code', '=', code)
    .where('channel.active', '=', true)
    .executeTakeFirst()
  return row && toChannel(row)
}
