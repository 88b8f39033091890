import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { PastPrice } from './price-history.ts'

interface Shelf {
  readonly channelId: Uuid
  readonly currency: string
}

/** One shelf of one variant. */
export interface VariantShelf extends Shelf {
  readonly variantId: Uuid
}

/** Changes of one shelf looked back at; a price that changed more often than this in 30 days is no price. */
const MOST_CHANGES = 200

/** What each of these shelves said before, oldest first, in the order given and in one statement. */
export const priceHistories = async (
  db: Executor<'price_history'>,
  shelves: readonly VariantShelf[],
): Promise<readonly (readonly PastPrice[])[]> => {
  const { rows } = await sql<PastPrice & { readonly nth: number }>`
    select asked.nth::int, past.amount_minor as "amountMinor", past.list_minor as "listMinor", past.at
    from unnest(
      ${shelves.map(({ channelId }) => channelId)}::uuid[],
      ${shelves.map(({ variantId }) => variantId)}::uuid[],
      ${shelves.map(({ currency }) => currency)}::text[]
    ) with ordinality as asked(channel_id, variant_id, currency, nth)
    cross join lateral (
      select amount_minor, list_minor, at, id from price_history
      where channel_id = asked.channel_id and variant_id = asked.variant_id and currency = asked.currency
      order by at desc, id desc limit ${MOST_CHANGES}
    ) as past
    order by asked.nth, past.at, past.id
  `.execute(db)
  const histories = Map.groupBy(rows, ({ nth }) => nth)
  return shelves.map((_, index) => histories.get(index + 1) ?? [])
}

/** What a shelf says: amounts in minor units, null when the variant is not sold there. */
export interface ShelfAmounts {
  readonly amountMinor: bigint | null
  readonly listMinor: bigint | null
}

/** What the projection said last of these variants in a channel, in one statement. */
export const latestShelves = async (
  db: Executor<'price_history'>,
  { channelId, currency, variantIds }: Shelf & { readonly variantIds: readonly Uuid[] },
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
