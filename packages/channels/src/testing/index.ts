import type { Executor } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { allChannels, type ChannelRow } from '../channel-queries.ts'

/** The markets and channels that tests of other slices stand on. */
export interface TestChannels {
  readonly webEu: ChannelRow
  readonly deviceEu: ChannelRow
  readonly webUs: ChannelRow
  readonly webJp: ChannelRow
}

const MARKETS = [
  {
    code: 'eu',
    currency: 'EUR',
    includesTax: true,
    countries: ['ES', 'FR'],
    delivery: 500n,
    rates: [210_000, 100_000],
  },
  { code: 'us', currency: 'USD', includesTax: false, countries: ['US'], delivery: 644n, rates: [82_500, 0] },
  {
    code: 'jp',
    currency: 'JPY',
    includesTax: true,
    countries: ['JP'],
    delivery: 600n,
    rates: [100_000, 80_000],
  },
] as const

const CHANNELS = [
  { code: 'web-eu', kind: 'WEB', market: 'eu' },
  { code: 'device-eu', kind: 'DEVICE', market: 'eu' },
  { code: 'web-us', kind: 'WEB', market: 'us' },
  { code: 'web-jp', kind: 'WEB', market: 'jp' },
] as const

/** Makes a shop with three markets (EUR with tax, USD without, JPY) and four channels. */
export const createTestChannels = async (
  db: Executor<'market' | 'tax_rate' | 'channel' | 'shop'>,
): Promise<TestChannels> => {
  const marketIds = new Map<string, Uuid>(MARKETS.map(({ code }) => [code, newId()]))
  await db
    .insertInto('market')
    .values(
      MARKETS.map((market) => ({
        id: marketIds.get(market.code)!,
        code: market.code,
        name: JSON.stringify({ en: market.code }),
        currency: market.currency,
        prices_include_tax: market.includesTax,
        countries: [...market.countries],
        delivery_minor: market.delivery,
      })),
    )
    .execute()
  await db
    .insertInto('tax_rate')
    .values(
      MARKETS.flatMap((market) =>
        market.countries.flatMap((country) =>
          (['STANDARD', 'REDUCED'] as const).map((taxClass, index) => ({
            id: newId(),
            market_id: marketIds.get(market.code)!,
            country,
            tax_class: taxClass,
            rate_ppm: market.rates[index]!,
          })),
        ),
      ),
    )
    .execute()
  await db
    .insertInto('channel')
    .values(
      CHANNELS.map(({ code, kind, market }) => ({
        id: newId(),
        code,
        name: JSON.stringify({ en: code }),
        kind,
        market_id: marketIds.get(market)!,
      })),
    )
    .execute()
  const channels = await allChannels(db)
  const named = (code: string): ChannelRow => channels.find((channel) => channel.code === code)!
  await db
    .insertInto('shop')
    .values({ code: 'demo', name: 'Test shop', default_channel_id: named('web-eu').id })
    .execute()
  return {
    webEu: named('web-eu'),
    deviceEu: named('device-eu'),
    webUs: named('web-us'),
    webJp: named('web-jp'),
  }
}
