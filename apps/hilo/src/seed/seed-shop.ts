import { channelByCode, insertChannels, insertMarkets } from '@hilo/channels'
import type { Context, FullExecutor } from '@hilo/db'
import { createLocations } from '@hilo/inventory'
import type { Channel, ChannelKind, Uuid } from '@hilo/kernel'
import type { DemoShop } from '../../demo/data.ts'

/** Ids by code, of what later steps refer to. */
export interface SeededShop {
  readonly markets: ReadonlyMap<string, Uuid>
  readonly channels: ReadonlyMap<string, Uuid>
  readonly defaultChannel: Channel
}

/** Markets with their taxes, and channels. */
export const seedChannels = async (db: FullExecutor, demo: DemoShop): Promise<SeededShop> => {
  const markets = await insertMarkets(
    db,
    demo.markets.map((market) => ({
      ...market,
      taxRates: market.taxRatesPpm.map(({ country, ...ratesPpm }) => ({ country, ratesPpm })),
    })),
  )
  const channels = await insertChannels(
    db,
    demo.channels.map((channel) => ({
      ...channel,
      kind: channel.kind as ChannelKind,
      marketId: markets.get(channel.market)!,
    })),
  )
  const defaultChannel = await channelByCode(db, demo.shop.defaultChannel)
  if (!defaultChannel) throw new Error(`The demo shop has no channel ${demo.shop.defaultChannel}`)
  return { markets, channels, defaultChannel }
}

/** Warehouses and stores; gives their ids by code. */
export const seedLocations = async (
  ctx: Context,
  demo: DemoShop,
  { channels }: SeededShop,
): Promise<ReadonlyMap<string, Uuid>> => {
  const ids = await createLocations(
    ctx.db,
    demo.locations.map(
      ({ channels: served, street: _street, postalCode: _code, timeZone: _zone, ...location }) => ({
        ...location,
        channelIds: served.map((code) => channels.get(code)!),
      }),
    ),
  )
  return new Map(demo.locations.map(({ code }, index) => [code, ids[index]!]))
}
