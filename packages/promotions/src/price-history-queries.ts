import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { PastPrice } from './price-history.ts'

interface Shelf {
  readonly channelId: Uuid
  readonly currency: string
  readonly variantIds: readonly Uuid[]
}

/** Changes of one shelf looked back at; a price that changed more often than this in 30 days is no price. */
const MOST_CHANGES = 200

/** What these variants cost in a channel before, oldest first, in one statement. */
export const priceHistories = async (
  db: Executor<'price_history'>,
  { channelId, currency, variantIds }: Shelf,
): Promise<ReadonlyMap<Uuid, PastPrice[]>> => {
  const { rows } = await sql<{ variant_id: Uuid; amount_minor: bigint | null; at: Date }>`
    select asked.id as variant_id, past.amount_minor, past.at
    from unnest(${variantIds}::uuid[]) as asked(id)
    cross join lateral (
      select amount_minor, at, id from price_history
      where channel_id = ${channelId} and variant_id = asked.id and currency = ${currency}
      order by at desc, id desc limit ${MOST_CHANGES}
    ) as past
    order by asked.id, past.at, past.id
  `.execute(db)
  const histories = Map.groupBy(rows, (row) => row.variant_id)
  return new Map(
    [...histories].map(([id, past]) => [
      id,
      past.map((row) => ({ at: row.at, amountMinor: row.amount_minor })),
    ]),
  )
}

/** What a shelf says: amounts in minor units, null when the variant is not sold there. */
export interface ShelfAmounts {
  readonly amountMinor: bigint | null
  readonly listMinor: bigint | null
}

/** What the projection said last of these variants in a channel, in one statement. */
export const latestShelves = async (
  db: Executor<'price_history'>,
  { channelId, currency, variantIds }: Shelf,
): Promise<ReadonlyMap<Uuid, ShelfAmounts>> => {
  const { rows } = await sql<{
    variant_id: Uuid
    amount_minor: bigint | null
    list_minor: bigint | null
    same: boolean
  }>`
    select asked.id as variant_id, latest.amount_minor, latest.list_minor, latest.currency = ${currency} as same
    from unnest(${variantIds}::uuid[]) as asked(id)
    cross join lateral (
      select amount_minor, list_minor, currency from price_history
      where channel_id = ${channelId} and variant_id = asked.id
      order by at desc, id desc limit 1
    ) as latest
  `.execute(db)
  // A shelf in another currency says nothing in this one.
  return new Map(
    rows
      .filter(({ same }) => same)
      .map((row) => [row.variant_id, { amountMinor: row.amount_minor, listMinor: row.list_minor }]),
  )
}
