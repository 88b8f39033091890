import { appendEvents, type Context } from '@hilo/db'
import { COMMON, encodeId, mayIn, newId, ok, type Result } from '@hilo/kernel'
import { sql } from 'kysely'
import { applyMoves } from './movements.ts'
import type { LocatedStock } from './plan-reservation.ts'
import type { StockKey } from './set-stock.ts'
import { countTo } from './stock.ts'
import { lockStocksAt } from './stock-queries.ts'

/** A count of a variant at a location. */
export interface StockCount extends StockKey {
  readonly onHand: number
}

const nameOf = ({ locationId, variantId }: StockKey): string => `${locationId} ${variantId}`

/** Opens the levels that are not there yet; leaves out what names no location or variant. */
const openLevels = async ({ db, now }: Context, keys: readonly StockKey[]): Promise<void> => {
  await sql`
    insert into stock (location_id, variant_id, updated_at)
    select location.id, variant.id, ${now()}
    from unnest(${keys.map(({ locationId }) => locationId)}::uuid[], ${keys.map(({ variantId }) => variantId)}::uuid[])
      as wanted (location_id, variant_id)
    join location on location.id = wanted.location_id join variant on variant.id = wanted.variant_id
    order by variant.id, location.id
    on conflict do nothing`.execute(db)
}

const check = (
  ctx: Context,
  level: LocatedStock | undefined,
  { onHand, ...key }: StockCount,
): Result<number> => {
  if (!mayIn(ctx.actor, 'stock:write', { locationId: key.locationId })) {
    return COMMON.refuse('FORBIDDEN', { permission: 'stock:write' }, ['locationId'])
  }
  if (level) return countTo(level, onHand, ['onHand'])
  const id = encodeId('variant', key.variantId)
  return COMMON.refuse('NOT_FOUND', { kind: 'variant', id }, ['variantId'])
}

/**
 * Counts many levels of stock in as many statements as one, and refuses each by itself as `setStock` does; the last
 * count of a level that is named twice holds. Gives for each how many came or went.
 */
export const setStocks = async (ctx: Context, counts: readonly StockCount[]): Promise<Result<number>[]> => {
  if (counts.length === 0) return []
  const allowed = counts.filter(({ locationId }) => mayIn(ctx.actor, 'stock:write', { locationId }))
  await openLevels(ctx, allowed)
  const levels = new Map((await lockStocksAt(ctx.db, allowed)).map((level) => [nameOf(level), level]))
  const checked = counts.map((count) => check(ctx, levels.get(nameOf(count)), count))
  const deltas = new Map<LocatedStock, number>()
  for (const [index, count] of counts.entries()) {
    const delta = checked[index]!
    if (delta.ok) deltas.set(levels.get(nameOf(count))!, delta.value)
  }
  const moved = [...deltas].filter(([, delta]) => delta !== 0)
  const moves = moved.map(([{ locationId, variantId, sku }, onHandDelta]) => ({
    locationId,
    variantId,
    sku,
    onHandDelta,
    reservedDelta: 0,
  }))
  const told = await applyMoves(ctx, { cause: 'count', causeId: newId(), kind: 'SET', moves })
  await appendEvents(
    ctx,
    told.map((event, index) => {
      const [level, delta] = moved[index] ?? []
      return level ? { ...event, changed: { onHand: [level.onHand, level.onHand + delta!] as const } } : event
    }),
  )
  return checked.map((each) => (each.ok ? ok(each.value) : each))
}
