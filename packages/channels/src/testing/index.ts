import type { Executor } from '@hilo/db'
import { allChannels, type ChannelRow } from '../channel-queries.ts'
import { insertChannels, insertMarkets, insertShop, type NewMarket } from '../insert-shop.ts'

/** The markets and channels that tests of other slices stand on. */
export interface TestChannels {
  readonly webEu: ChannelRow
  readonly deviceEu: ChannelRow
  readonly webUs: ChannelRow
  readonly webJp: ChannelRow
}

const MARKETS: readonly NewMarket[] = [
  {
    code: 'eu',
    name: { en: 'Europe' },
    currency: 'EUR',
    pricesIncludeTax: true,
    defaultLocale: 'en',
    deliveryMinor: 500,
    taxRates: ['ES', 'FR'].map((country) => ({
      country,
      ratesPpm: { STANDARD: 210_000, REDUCED: 100_000, ZERO: 0 },
    })),
  },
  {
    code: 'us',
    name: { en: 'United States' },
    currency: 'USD',
    pricesIncludeTax: false,
    defaultLocale: 'en',
    deliveryMinor: 644,
    taxRates: [{ country: 'US', ratesPpm: { STANDARD: 82_500, REDUCED: 0, ZERO: 0 } }],
  },
  {
    code: 'jp',
    name: { en: 'Japan' },
    currency: 'JPY',
    pricesIncludeTax: true,
    defaultLocale: 'en',
    deliveryMinor: 600,
    taxRates: [{ country: 'JP', ratesPpm: { STANDARD: 100_000, REDUCED: 80_000, ZERO: 0 } }],
  },
]

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
  const markets = await insertMarkets(db, MARKETS)
  await insertChannels(
    db,
    CHANNELS.map(({ code, kind, market }) => ({
      code,
      name: { en: code },
      kind,
      marketId: markets.get(market)!,
    })),
  )
  const channels = await allChannels(db)
  const named = (code: string): ChannelRow => channels.find((channel) => channel.code === code)!
  await insertShop(db, { code: 'demo', name: 'Test shop', defaultChannelId: named('web-eu').id })
  return {
    webEu: named('web-eu'),
    deviceEu: named('device-eu'),
    webUs: named('web-us'),
    webJp: named('web-jp'),
  }
}
