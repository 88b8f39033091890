import { channelByCode, readShop } from '@hilo/channels'
import type { Context, DB } from '@hilo/db'
import { newId, SYSTEM, systemClock } from '@hilo/kernel'
import type { Kysely } from 'kysely'
import { UserFacingError } from './user-facing-error.ts'

/** What to say, and what to do, when a database has no shop. */
export const NO_SHOP =
  'This database holds no shop yet. Run `npm run hilo seed` for the demo shop, or `npm run hilo shop create` for your own.'

/** The context of what the program itself does, in the shop's default channel. Throws when there is no shop yet. */
export const systemContext = async (db: Kysely<DB>): Promise<Context> => {
  const shop = await readShop(db)
  const channel = shop?.defaultChannelCode ? await channelByCode(db, shop.defaultChannelCode) : undefined
  if (!channel) throw new UserFacingError(NO_SHOP)
  return {
    db,
    actor: SYSTEM,
    channel,
    locale: channel.market.defaultLocale,
    now: systemClock,
    correlationId: newId(),
  }
}
