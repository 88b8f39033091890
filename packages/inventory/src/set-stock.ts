import { appendEvents, type Context, type Executor } from '@hilo/db'
import { COMMON, encodeId, mayIn, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { applyMoves } from './movements.ts'
import type { LocatedStock } from './plan-reservation.ts'
import { changeBy, countTo } from './stock.ts'
import { lockStockAt, openStock } from './stock-queries.ts'

/** Names a level of stock: the value of both mutations, as JSON for replays. */
export interface StockKey {
  readonly locationId: Uuid
  readonly variantId: Uuid
}

const existing = async (db: Executor<'location' | 'variant'>, { locationId, variantId }: StockKey) => {
  const row = await db
    .selectFrom('location')
    .where('location.id', '=', locationId)
    .select((eb) => [
      'location.id',
      eb.selectFrom('variant').select('variant.id').where('variant.id', '=', variantId).as('variant'),
    ])
    .executeTakeFirst()
  return { location: row !== undefined, variant: Boolean(row?.variant) }
}

const lockLevel = async (ctx: Context, key: StockKey): Promise<Result<LocatedStock>> => {
  if (!mayIn(ctx.actor, 'stock:write', { locationId: key.locationId })) {
    return COMMON.refuse('FORBIDDEN', { permission: 'stock:write' }, ['locationId'])
  }
  const found = await lockStockAt(ctx.db, key)
  if (found) return ok(found)
  const { location, variant } = await existing(ctx.db, key)
  if (!location) {
    const id = encodeId('location', key.locationId)
    return COMMON.refuse('NOT_FOUND', { kind: 'location', id }, ['locationId'])
  }
  if (!variant) {
    const id = encodeId('variant', key.variantId)
    return COMMON.refuse('NOT_FOUND', { kind: 'variant', id }, ['variantId'])
  }
  await openStock(ctx.db, { ...key, at: ctx.now() })
  return ok((await lockStockAt(ctx.db, key))!)
}

/** Counts the stock of a variant at a location. Refuses negative, huge, and less than is promised to orders. */
export const setStock = async (
  ctx: Context,
  { onHand, ...key }: StockKey & { readonly onHand: number },
): Promise<Result<StockKey>> => {
  const level = await lockLevel(ctx, key)
  if (!level.ok) return level
  const delta = countTo(level.value, onHand, ['onHand'])
  if (!delta.ok) return delta
  if (delta.value !== 0) await move(ctx, { level: level.value, kind: 'SET', delta: delta.value })
  return ok(key)
}

/** Adds what came or takes away what went. Refuses 0, a result below 0 or below what is promised to orders, and huge. */
export const adjustStock = async (
  ctx: Context,
  { delta, ...key }: StockKey & { readonly delta: number },
): Promise<Result<StockKey>> => {
  const level = await lockLevel(ctx, key)
  if (!level.ok) return level
  const change = changeBy(level.value, delta, ['delta'])
  if (!change.ok) return change
  await move(ctx, { level: level.value, kind: 'ADJUST', delta: change.value })
  return ok(key)
}

const move = async (
  ctx: Context,
  { level, kind, delta }: { level: LocatedStock; kind: 'SET' | 'ADJUST'; delta: number },
): Promise<void> => {
  const { locationId, variantId, sku, onHand } = level
  const moved = await applyMoves(ctx, {
    cause: kind === 'SET' ? 'count' : 'adjustment',
    causeId: newId(),
    kind,
    moves: [{ locationId, variantId, sku, onHandDelta: delta, reservedDelta: 0 }],
  })
  const changed = { onHand: [onHand, onHand + delta] } as const
  await appendEvents(
    ctx,
    moved.map((event) => (event.aggregateId === variantId ? { ...event, changed } : event)),
  )
}
