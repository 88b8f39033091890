import type { Executor } from '@hilo/db'

/** The shop's name, and the code that stands in its MQTT topics. */
export interface Shop {
  readonly code: string
  readonly name: string
  /** The channel of a request that names none. */
  readonly defaultChannelCode: string | null
}

/** The one row of the shop, or nothing before `hilo seed` or the first set-up. */
export const readShop = async (db: Executor<'shop' | 'channel'>): Promise<Shop | undefined> => {
  const row = await db
    .selectFrom('shop')
    .leftJoin('channel', 'channel.id', 'shop.default_channel_id')
    .select(['shop.code', 'shop.name', 'channel.code as default_channel_code'])
    .executeTakeFirst()
  return row && { code: row.code, name: row.name, defaultChannelCode: row.default_channel_code }
}
