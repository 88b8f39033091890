import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** There is one shop in a database; its facts stand under this id. */
export const SHOP_ID = '00000000-0000-7000-8000-000000000000'

/** The shop's name, and the code that stands in its MQTT topics. */
export interface Shop {
  readonly code: string
  readonly name: string
  /** The channel of a request that names none. */
  readonly defaultChannelCode: string | null
  readonly defaultChannelId: Uuid | null
  /** The languages that the shop writes its texts in: BCP 47 tags. */
  readonly locales: readonly string[]
  /** One of them: what all others fall back to. */
  readonly defaultLocale: string
}

/** The one row of the shop, or nothing before `hilo seed` or the first set-up. */
export const readShop = async (db: Executor<'shop' | 'channel'>): Promise<Shop | undefined> => {
  const row = await db
    .selectFrom('shop')
    .leftJoin('channel', 'channel.id', 'shop.default_channel_id')
    .select([
      'shop.code',
      'shop.name',
      'shop.default_channel_id',
      'channel.code as default_channel_code',
      'shop.locales',
      'shop.default_locale',
    ])
    .executeTakeFirst()
  return (
    row && {
      code: row.code,
      name: row.name,
      defaultChannelCode: row.default_channel_code,
      defaultChannelId: row.default_channel_id,
      locales: row.locales,
      defaultLocale: row.default_locale,
    }
  )
}
