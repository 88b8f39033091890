import { keyset, type Executor } from '@hilo/db'
import { may, type Actor, type CursorKey, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { SessionKind } from './session.ts'

/** A session that is open, as the list of somebody's sessions shows it. */
export interface SessionRow {
  readonly id: Uuid
  readonly userAgent: string | null
  readonly address: string | null
  readonly createdAt: Date
  /** When its last token stops to work, unless it is refreshed. */
  readonly expiresAt: Date
}

/** Whose sessions a list shows. */
export interface SessionsOf {
  readonly kind: SessionKind
  readonly subjectId: Uuid
}

const last = sql<Date>`greatest(expires_at, refresh_until)`

const openRows = (db: Executor<'session'>, now: Date) =>
  db.selectFrom('session').where('revoked_at', 'is', null).where(last, '>', now)

const rows = (db: Executor<'session'>, now: Date) =>
  openRows(db, now).select([
    'id',
    'user_agent as userAgent',
    'address',
    'created_at as createdAt',
    last.as('expiresAt'),
  ])

/** The open sessions with these ids that the actor may see and end: its own, and those of staff with `staff:write`. */
export const sessionsByIds = async (
  db: Executor<'session'>,
  { actor, now }: { readonly actor: Actor; readonly now: Date },
  ids: readonly Uuid[],
): Promise<SessionRow[]> => {
  const own =
    actor.kind === 'customer' ? actor.customerId : actor.kind === 'staff' ? actor.staffId : undefined
  return rows(db, now)
    .where('id', 'in', ids)
    .where((eb) =>
      eb.or([
        ...(own ? [eb.and([eb('kind', '=', actor.kind), eb('subject_id', '=', own)])] : []),
        ...(may(actor, 'staff:write') ? [eb('kind', '=', 'staff')] : []),
      ]),
    )
    .execute()
}

/** Whose sessions: several people of one kind. The caller knows that they may see them. */
interface Theirs {
  readonly kind: SessionsOf['kind']
  readonly subjectIds: readonly Uuid[]
  readonly now: Date
}

/** The same page of the open sessions of several people, the newest first, in one statement; the key is `[id]`. */
export const sessionsPages = (
  db: Executor<'session'>,
  { kind, subjectIds, now }: Theirs,
  { after, limit }: { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<(SessionRow & { readonly subjectId: Uuid })[]> => {
  const theirs = rows(db, now).where('kind', '=', kind).where('subject_id', '=', sql.ref<string>('owner.id'))
  const found = keyset(theirs, { columns: [['id', 'desc']], after, limit })
  return db
    .selectFrom(sql<{ id: Uuid }>`unnest(${subjectIds}::uuid[])`.as<'owner'>(sql`owner (id)`))
    .innerJoinLateral(found.as('page'), (join) => join.onTrue())
    .selectAll('page')
    .select('owner.id as subjectId')
    .execute()
}

/** How many sessions each of several people has open; one without any is left out. */
export const countSessions = async (
  db: Executor<'session'>,
  { kind, subjectIds, now }: Theirs,
): Promise<{ readonly subjectId: Uuid; readonly count: number }[]> => {
  const counted = await openRows(db, now)
    .where('kind', '=', kind)
    .where('subject_id', '=', sql<Uuid>`any(${subjectIds}::uuid[])`)
    .select((eb) => ['subject_id as subjectId', eb.fn.countAll<bigint>().as('count')])
    .groupBy('subject_id')
    .execute()
  return counted.map(({ subjectId, count }) => ({ subjectId, count: Number(count) }))
}
