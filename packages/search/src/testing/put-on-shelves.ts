import type { Context } from '@hilo/db'
import { sql } from 'kysely'

/** Gives every variant without a shelf price one in every channel: 10.00 of two decimals. */
export const putOnShelves = async (ctx: Context): Promise<void> => {
  await sql`
    insert into price_history (variant_id, channel_id, currency, list_minor, amount_minor, at)
    select variant.id, channel.id, market.currency, 1000, 1000, ${ctx.now()}::timestamptz
    from variant cross join channel join market on market.id = channel.market_id
    where not exists (select from price_history as known
      where known.variant_id = variant.id and known.channel_id = channel.id)`.execute(ctx.db)
}
