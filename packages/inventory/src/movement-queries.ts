import { type Executor, keyset, within } from '@hilo/db'
import type { CursorKey, Reach, Uuid } from '@hilo/kernel'
import type { MovementKind } from './movements.ts'

/** A line of the ledger. */
export interface MovementRow {
  readonly id: Uuid
  readonly locationId: Uuid
  readonly variantId: Uuid
  readonly kind: MovementKind
  readonly onHandDelta: number
  readonly reservedDelta: number
  readonly cause: string
  readonly causeId: Uuid
  readonly at: Date
}

const movementRows = (db: Executor<'movement'>, reach: Reach) =>
  db
    .selectFrom('movement')
    .where(within(reach, 'movement.location_id'))
    .select([
      'id',
      'location_id as locationId',
      'variant_id as variantId',
      'kind',
      'on_hand_delta as onHandDelta',
      'reserved_delta as reservedDelta',
      'cause',
      'cause_id as causeId',
      'at',
    ])
    .$narrowType<{ kind: MovementKind }>()

/** The movements with these ids at the locations reached. */
export const movementsByIds = (
  db: Executor<'movement'>,
  reach: Reach,
  ids: readonly Uuid[],
): Promise<MovementRow[]> => movementRows(db, reach).where('id', 'in', ids).execute()

/** Which movements of a list. */
export interface MovementFilter {
  readonly reach: Reach
  readonly variantId?: Uuid | undefined
}

/** The newest movements at the locations reached, of one variant or of all. Ids are UUIDv7, so their order is that of time. */
export const movementPage = (
  db: Executor<'movement'>,
  { reach, variantId, ...page }: MovementFilter & { readonly after?: CursorKey; readonly limit: number },
): Promise<MovementRow[]> => {
  const rows = movementRows(db, reach).$if(variantId !== undefined, (query) =>
    query.where('variant_id', '=', variantId!),
  )
  return keyset(rows, { columns: [['id', 'desc']], after: page.after, limit: page.limit }).execute()
}

/** How many movements there are at the locations reached, of one variant or of all. */
export const countMovements = async (
  db: Executor<'movement'>,
  { reach, variantId }: MovementFilter,
): Promise<number> => {
  const { count } = await db
    .selectFrom('movement')
    .where(within(reach, 'movement.location_id'))
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .$if(variantId !== undefined, (query) => query.where('variant_id', '=', variantId!))
    .executeTakeFirstOrThrow()
  return Number(count)
}
