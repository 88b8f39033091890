import { channelByCode, insertChannels, insertMarkets, insertShop, readShop } from '@hilo/channels'
import { createLocations } from '@hilo/inventory'
import { LOCALES, newId, SYSTEM, systemClock, type Localized } from '@hilo/kernel'
import { insertPriceLists } from '@hilo/prices'
import { z } from 'zod'
import { ConfigError, type Config } from '../config.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { bringUpToDate } from './migrate.ts'
import { say, withDatabase } from './with-database.ts'

/** What `hilo shop create` takes. */
export const SHOP_OPTIONS = ['code', 'name', 'currency', 'country', 'tax-percent', 'locale'] as const

type Options = Readonly<Record<(typeof SHOP_OPTIONS)[number], string | undefined>>

const PPM_PER_PERCENT = 10_000

const schema = z.object({
  code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'letters, digits and dashes: it stands in MQTT topics'),
  name: z.string().min(1).max(100),
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency such as EUR'),
  country: z.string().regex(/^[A-Z]{2}$/, 'a country such as ES'),
  'tax-percent': z.coerce.number().min(0).max(100),
  locale: z.enum(LOCALES).default('en'),
})

const same = (text: string): Localized => ({ en: text, es: text })

/**
 * `hilo shop create`: the least that a shop is: a market with its tax, channels for web, stores and devices, a warehouse,
 * and a price list. Further markets and channels, and all else, are made through the API and in the admin.
 */
export const createShop = async (config: Config, options: Options): Promise<void> => {
  const read = schema.safeParse(options)
  if (!read.success)
    throw new ConfigError(
      read.error.issues.map(({ path, message }) => `--${path.join()}: ${message}`).join('\n'),
    )
  const { code, name, currency, country, locale, 'tax-percent': percent } = read.data
  await withDatabase(config, async ({ kysely }) => {
    await bringUpToDate(kysely)
    await kysely.transaction().execute(async (db) => {
      if (await readShop(db)) throw new UserFacingError('This database holds a shop already.')
      const rate = Math.round(percent * PPM_PER_PERCENT)
      const taxRates = [{ country, ratesPpm: { STANDARD: rate, REDUCED: rate, ZERO: 0 } }]
      const market = { code: 'main', name: same(name), currency, pricesIncludeTax: true, taxRates }
      const markets = await insertMarkets(db, [{ ...market, defaultLocale: locale, deliveryMinor: 0 }])
      const marketId = markets.get('main')!
      const channels = await insertChannels(db, [
        { code: 'web', name: { en: 'Web', es: 'Web' }, kind: 'WEB', marketId },
        { code: 'store', name: { en: 'Stores', es: 'Tiendas' }, kind: 'STORE', marketId },
        { code: 'device', name: { en: 'Devices', es: 'Dispositivos' }, kind: 'DEVICE', marketId },
      ])
      await createLocations(db, [
        {
          code: 'main',
          kind: 'WAREHOUSE',
          name: { en: 'Warehouse', es: 'Almacén' },
          country,
          channelIds: [...channels.values()],
        },
      ])
      const channel = (await channelByCode(db, 'web'))!
      const ctx = { db, actor: SYSTEM, channel, locale, now: systemClock, correlationId: newId() }
      await insertPriceLists(ctx, [
        { code: 'base', name: same(name), kind: 'BASE', currency, marketIds: [marketId] },
      ])
      await insertShop(db, { code, name, defaultChannelId: channel.id })
    })
  })
  say(`${name} is open: channels web, store and device, in ${country} and ${currency}.`)
}
