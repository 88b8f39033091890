import type { Executor } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** A first count, as seeds and imports give it. */
export interface OpeningStock {
  readonly locationId: Uuid
  readonly variantId: Uuid
  readonly onHand: number
  /** Default 0. */
  readonly safety?: number
}

const CHUNK = 5_000

/**
 * Adds the first counts of a shop with their movements, thousands in a statement and without events: for seeds and
 * imports into levels that do not exist yet. Returns how many were added.
 */
export const openStocks = async (
  db: Executor<'stock' | 'movement'>,
  stocks: readonly OpeningStock[],
  at: Date,
): Promise<number> => {
  const causeId = newId()
  for (let start = 0; start < stocks.length; start += CHUNK) {
    const rows = stocks.slice(start, start + CHUNK)
    await sql`
      with opening as (
        select * from unnest(
          ${rows.map(() => newId())}::uuid[],
          ${rows.map(({ locationId }) => locationId)}::uuid[],
          ${rows.map(({ variantId }) => variantId)}::uuid[],
          ${rows.map(({ onHand }) => onHand)}::integer[],
          ${rows.map(({ safety }) => safety ?? 0)}::integer[]
        ) as opening (id, location_id, variant_id, on_hand, safety)
      ), ledger as (
        insert into movement
          (id, location_id, variant_id, kind, on_hand_delta, reserved_delta, cause, cause_id, actor, at)
        select id, location_id, variant_id, 'SET', on_hand, 0, 'opening', ${causeId}::uuid, 'system', ${at}
        from opening
      )
      insert into stock (location_id, variant_id, on_hand, safety, updated_at)
      select location_id, variant_id, on_hand, safety, ${at} from opening`.execute(db)
  }
  return stocks.length
}
