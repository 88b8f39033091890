import type { Permission } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Executor } from '../executor.ts'
import type { EventScope, PlacedEvent, StoredEvent } from './event.ts'
import { formatPosition, InvalidCursorError, parsePosition, type Position, START } from './position.ts'

/** The first transaction that still runs: what is below it is decided, and no row can appear there any more. */
const horizon = sql<string>`pg_snapshot_xmin(pg_current_snapshot())`

const settled = sql<boolean>`event.tx < ${horizon}`

const isAfter = ({ tx, id }: Position) => sql<boolean>`(event.tx, event.id) > (${tx}::xid8, ${id}::int8)`

const isUpTo = ({ tx, id }: Position) => sql<boolean>`(event.tx, event.id) <= (${tx}::xid8, ${id}::int8)`

interface Range {
  readonly from: Position
  readonly types?: readonly string[] | undefined
  readonly limit: number
}

const inOrder = (db: Executor<'event'>, { from, types, limit }: Range) =>
  db
    .selectFrom('event')
    .select(['tx', 'id', 'aggregate', 'aggregate_id', 'seq', 'type', 'payload', 'scope', 'permission'])
    .select(['actor', 'channel_id', 'correlation_id', 'trace_parent', 'at'])
    .where(isAfter(from))
    .$if(types !== undefined, (query) => query.where('type', '=', sql<string>`any(${types}::text[])`))
    .orderBy('tx')
    .orderBy('id')
    .limit(limit)

type Row = Awaited<ReturnType<ReturnType<typeof inOrder>['execute']>>[number]

const toPlaced = (row: Row): PlacedEvent => {
  const place = { tx: BigInt(row.tx), id: row.id }
  const event: StoredEvent = {
    position: formatPosition(place),
    aggregate: row.aggregate,
    aggregateId: row.aggregate_id,
    seq: row.seq,
    type: row.type,
    payload: row.payload,
    scope: row.scope as EventScope,
    permission: row.permission as Permission | null,
    actor: row.actor,
    channelId: row.channel_id,
    correlationId: row.correlation_id,
    traceparent: row.trace_parent,
    at: row.at,
  }
  return { place, event }
}

/** What is decided after a place: at most `limit` facts, oldest first. */
const readDecided = async (db: Executor<'event'>, range: Range): Promise<readonly PlacedEvent[]> =>
  (await inOrder(db, range).where(settled).execute()).map(toPlaced)

/** What is between two places, the second of which must be decided. */
export const readBetween = async (
  db: Executor<'event'>,
  { to, ...range }: Range & { readonly to: Position },
): Promise<readonly PlacedEvent[]> => (await inOrder(db, range).where(isUpTo(to)).execute()).map(toPlaced)

/**
 * What is decided after a place, and whether more is committed already but waits for an older transaction to end, of
 * which nobody will be notified.
 */
export const readTail = async (
  db: Executor<'event'>,
  range: Range,
): Promise<{ readonly events: readonly PlacedEvent[]; readonly waiting: boolean }> => {
  const rows = await inOrder(db, range).select(settled.as('settled')).execute()
  const decided = rows.filter((row) => row.settled)
  return { events: decided.map(toPlaced), waiting: decided.length < rows.length }
}

/** The place after everything that is decided now. */
export const readHead = async (db: Executor<'event'>): Promise<Position> => {
  const { tx } = await db.selectNoFrom(horizon.as('tx')).executeTakeFirstOrThrow()
  return { tx: BigInt(tx), id: 0n }
}

/** Throws `InvalidCursorError` for a place whose transaction has not begun: forged, or of a database since replaced. */
export const refuseFuture = async (db: Executor<'event'>, { tx }: Position): Promise<void> => {
  const { next } = await db
    .selectNoFrom(sql<string>`pg_snapshot_xmax(pg_current_snapshot())`.as('next'))
    .executeTakeFirstOrThrow()
  if (tx > BigInt(next)) throw new InvalidCursorError()
}

/**
 * The facts after a position, in an order in which a later read never finds an earlier one: a transaction that commits
 * late is waited for, not skipped. Throws `InvalidCursorError` for a position that is none.
 */
export const readEvents = async (
  db: Executor<'event'>,
  {
    after,
    types,
    limit,
  }: { readonly after?: string | undefined; readonly types?: readonly string[]; readonly limit: number },
): Promise<readonly StoredEvent[]> => {
  const from = after === undefined ? START : parsePosition(after)
  const events = await readDecided(db, { from, types, limit })
  if (events.length === 0) await refuseFuture(db, from)
  return events.map(({ event }) => event)
}

/** The position of now: what is read after it was not decided yet. */
export const headPosition = async (db: Executor<'event'>): Promise<string> =>
  formatPosition(await readHead(db))
