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

/** A page of somebody's open sessions, the newest first; the key is `[id]`. The caller knows that they may see them. */
export const sessionsPage = async (
  db: Executor<'session'>,
  { kind, subjectId, now }: SessionsOf & { readonly now: Date },
  { after, limit }: { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<SessionRow[]> => {
  const theirs = rows(db, now).where('kind', '=', kind).where('subject_id', '=', subjectId)
  return keyset(theirs, { columns: [['id', 'desc']], after, limit }).execute()
}

/** How many sessions somebody has open. */
export const countSessions = async (
  db: Executor<'session'>,
  { kind, subjectId, now }: SessionsOf & { readonly now: Date },
): Promise<number> => {
  const { count } = await openRows(db, now)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
