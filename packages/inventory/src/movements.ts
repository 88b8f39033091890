import type { Context, Executor, NewEvent } from '@hilo/db'
import { actorKey, newId, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { stockChanged } from './events.ts'

/** The kinds of movement in the ledger. */
export const MOVEMENT_KINDS = ['SET', 'ADJUST', 'RESERVE', 'RELEASE', 'SHIP'] as const

/** A kind of movement in the ledger. */
export type MovementKind = (typeof MOVEMENT_KINDS)[number]

/** Why stock moved; each cause moves a level at most once in each kind. */
export interface Cause {
  readonly cause: 'order' | 'count' | 'adjustment' | 'opening'
  readonly causeId: Uuid
}

/** A change of one level of stock. */
export interface Move {
  readonly locationId: Uuid
  readonly variantId: Uuid
  readonly sku: string
  readonly onHandDelta: number
  readonly reservedDelta: number
}

/** A level did not have what was taken although it was locked: never a customer's mistake. */
class StockMoveFailed extends Error {
  override readonly name = 'StockMoveFailed'
}

/** A bundle of which more or less can be sold now. */
type MovedBundle = Pick<Move, 'variantId' | 'sku' | 'locationId'>

const columnsOf = (moves: readonly Move[]) => sql`unnest(
  ${moves.map(() => newId())}::uuid[],
  ${moves.map(({ locationId }) => locationId)}::uuid[],
  ${moves.map(({ variantId }) => variantId)}::uuid[],
  ${moves.map(({ onHandDelta }) => onHandDelta)}::integer[],
  ${moves.map(({ reservedDelta }) => reservedDelta)}::integer[]
)`

/**
 * Applies changes to levels that the caller has locked, ledger and stock in one statement, and returns what to tell the
 * log: of the variants themselves, and of the bundles that they are components of. A reservation only finds rows that still have enough, whatever the caller read.
 */
export const applyMoves = async (
  ctx: Context,
  { kind, cause, causeId, moves }: Cause & { readonly kind: MovementKind; readonly moves: readonly Move[] },
): Promise<readonly NewEvent[]> => {
  if (moves.length === 0) return []
  const db: Executor<'stock' | 'movement' | 'bundle_component' | 'variant'> = ctx.db
  const at = ctx.now()
  const { rows } = await sql<{ moved: number; bundles: readonly MovedBundle[] }>`
    with move as (
      select * from ${columnsOf(moves)} as move (id, location_id, variant_id, on_hand_delta, reserved_delta)
    ), ledger as (
      insert into movement
        (id, location_id, variant_id, kind, on_hand_delta, reserved_delta, cause, cause_id, actor, at)
      select id, location_id, variant_id, ${kind}, on_hand_delta, reserved_delta,
        ${cause}, ${causeId}::uuid, ${actorKey(ctx.actor)}, ${at}
      from move
    ), moved as (
      update stock
      set on_hand = on_hand + on_hand_delta, reserved = reserved + reserved_delta, updated_at = ${at}
      from move
      where stock.location_id = move.location_id and stock.variant_id = move.variant_id
        and (reserved_delta <= 0 or on_hand - reserved - safety >= reserved_delta)
      returning stock.variant_id
    )
    select (select count(*)::integer from moved) as moved, (
      select coalesce(json_agg(json_build_object('variantId', bundle.id, 'sku', bundle.sku, 'locationId', location_id)), '[]')
      from (
        select distinct bundle_id, location_id from move join bundle_component on component_id = move.variant_id
      ) as held join variant bundle on bundle.id = bundle_id
    ) as bundles`.execute(db)
  const { moved, bundles } = rows[0]!
  if (moved !== moves.length) throw new StockMoveFailed(`${kind} for ${cause} ${causeId}`)
  return [...moves, ...bundles].map(stockChanged)
}
