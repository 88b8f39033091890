import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** Variants that are spread at once, and shelves that one transaction works out. */
const CHUNK = 200

/** Shelves that are looked for in one statement. */
const LOOKS = 20_000

/**
 * Spreads marked variants over the channels where they are published, or had a price: on other shelves nothing can have
 * changed. Returns how many it took.
 */
export const spreadDue = async (
  db: Executor<'shelf_price_due' | 'shelf_due' | 'variant' | 'product_channel' | 'channel' | 'price_history'>,
): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    with taken as (
      delete from shelf_price_due where variant_id in (
        select variant_id from shelf_price_due order by variant_id
        limit least(${CHUNK}, 1 + ${LOOKS} / (select 1 + count(*) from channel)) for update skip locked
      ) returning variant_id
    ), marked as (
      insert into shelf_due (channel_id, variant_id)
      select channel_id, variant_id from taken
      join variant on variant.id = variant_id
      join product_channel using (product_id)
      union
      select channel.id, variant_id from taken cross join channel
      where exists (select from price_history where channel_id = channel.id and variant_id = taken.variant_id)
      order by 1, 2
      on conflict do nothing
    )
    select count(*)::int as count from taken`.execute(db)
  return rows[0]!.count
}

/** Takes shelves of one channel for this transaction; others take others meanwhile. */
export const takeShelves = async (
  db: Executor<'shelf_due'>,
): Promise<{ readonly channelId: Uuid; readonly variantIds: readonly Uuid[] } | undefined> => {
  const { rows } = await sql<{ channel_id: Uuid; variant_id: Uuid }>`
    with first as (
      select channel_id from shelf_due order by channel_id, variant_id limit 1 for update skip locked
    )
    delete from shelf_due
    where channel_id = (select channel_id from first) and variant_id in (
      select variant_id from shelf_due where channel_id = (select channel_id from first)
      order by variant_id limit ${CHUNK} for update skip locked
    ) returning channel_id, variant_id`.execute(db)
  const [first] = rows
  return first && { channelId: first.channel_id, variantIds: rows.map(({ variant_id }) => variant_id) }
}
