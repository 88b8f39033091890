import { type Executor, formatPosition, parsePosition } from '@hilo/db'
import { type Actor, type CursorKey, decodeCursor, encodeCursor, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { EntryRow } from './entry.ts'

/** Which facts; everything stated must hold. */
export interface AuditFilter {
  /** `actorKey` of who did it. */
  readonly actor?: string | undefined
  /** Kinds of actor; `staff` brings what happened to accounts of staff too, such as a failed sign-in. */
  readonly by?: readonly Actor['kind'][] | undefined
  /** What it happened to; of a product, its variants too. */
  readonly subjectId?: Uuid | undefined
  readonly types?: readonly string[] | undefined
  /** At this moment or later. */
  readonly since?: Date | undefined
  /** Before this moment. */
  readonly until?: Date | undefined
}

type Tables = 'event' | 'variant'

/** Written out, not as parameters: so the index over what staff and programs do serves the list that people open first. */
const byKinds = (kinds: readonly Actor['kind'][]): RawBuilder<boolean> => {
  const done = sql<boolean>`split_part(actor, ':', 1) in (${sql.join(kinds.map((kind) => sql.lit(kind)))})`
  return kinds.includes('staff') ? sql<boolean>`(${done} or aggregate = 'staff')` : done
}

const matching = (db: Executor<Tables>, filter: AuditFilter) => {
  const { actor, by, subjectId, types, since, until } = filter
  let query = db.selectFrom('event')
  if (actor !== undefined) query = query.where('actor', '=', actor)
  if (by?.length) query = query.where(byKinds(by))
  if (subjectId !== undefined) {
    const variants = sql<Uuid>`array(select ${subjectId}::uuid union all select id from variant where product_id = ${subjectId})`
    query = query.where('aggregate_id', '=', sql<Uuid>`any(${variants})`)
  }
  if (types) query = query.where('type', '=', sql<string>`any(${types}::text[])`)
  if (since) query = query.where('at', '>=', since)
  if (until) query = query.where('at', '<', until)
  return query
}

const selected = (query: ReturnType<typeof matching>) =>
  query
    .select(['tx', 'id', 'type', 'aggregate', 'aggregate_id as aggregateId', 'payload', 'actor', 'at'])
    .select([
      'channel_id as channelId',
      'correlation_id as correlationId',
      'address',
      'user_agent as userAgent',
    ])
    .select((eb) => eb.ref('changed').$castTo<EntryRow['changed']>().as('changed'))

const toEntry = ({
  tx,
  id,
  ...row
}: Omit<EntryRow, 'position'> & { readonly tx: string; readonly id: bigint }): EntryRow => ({
  ...row,
  position: formatPosition({ tx: BigInt(tx), id }),
})

/** A page of facts, the newest first. Throws `InvalidCursorError` for a key of another list. */
export const auditPage = async (
  db: Executor<Tables>,
  {
    filter,
    after,
    limit,
  }: { readonly filter: AuditFilter; readonly after: CursorKey | undefined; readonly limit: number },
): Promise<EntryRow[]> => {
  let query = selected(matching(db, filter)).orderBy('tx', 'desc').orderBy('id', 'desc').limit(limit)
  if (after) {
    const { tx, id } = parsePosition(encodeCursor(after))
    query = query.where(sql<boolean>`(event.tx, event.id) < (${tx}::xid8, ${id}::int8)`)
  }
  return (await query.execute()).map(toEntry)
}

/** The sort key of a fact. */
export const auditKey = ({ position }: EntryRow): CursorKey => decodeCursor(position, 2)!

/** How many facts fit. */
export const countAudit = async (db: Executor<Tables>, filter: AuditFilter): Promise<number> => {
  const { count } = await matching(db, filter)
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Facts of one order at most. */
const MOST_MOMENTS = 200

/** What happened to some orders, each from its beginning; one statement. */
export const momentsOfOrders = async (db: Executor<Tables>, orderIds: readonly Uuid[]): Promise<EntryRow[]> =>
  (
    await selected(matching(db, {}))
      .where('aggregate', '=', 'order')
      .where('aggregate_id', 'in', orderIds)
      .where('seq', '<=', MOST_MOMENTS)
      .orderBy('aggregate_id')
      .orderBy('seq')
      .execute()
  ).map(toEntry)
