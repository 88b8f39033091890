import type { Executor } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { hashToken, newToken } from './token.ts'

/** How long a session lasts, in hours. */
export const SESSION_HOURS = { staff: 12, customer: 30 * 24, device: 24 } as const

/** Whose session it is. */
export type SessionKind = keyof typeof SESSION_HOURS

/** A session just opened: its token is known only here. */
export interface OpenedSession {
  readonly token: string
  readonly expiresAt: Date
}

/** Opens a session for somebody who has proved who they are. */
export const openSession = async (
  db: Executor<'session'>,
  session: {
    readonly kind: SessionKind
    readonly subjectId: Uuid
    readonly userAgent?: string | undefined
    readonly now: Date
  },
): Promise<OpenedSession> => {
  const { kind, subjectId, userAgent, now } = session
  const token = newToken(kind)
  const expiresAt = new Date(now.getTime() + SESSION_HOURS[kind] * 3_600_000)
  await db
    .insertInto('session')
    .values({
      id: newId(),
      kind,
      subject_id: subjectId,
      token_hash: hashToken(token),
      user_agent: userAgent?.slice(0, 200) ?? null,
      created_at: now,
      expires_at: expiresAt,
    })
    .execute()
  return { token, expiresAt }
}

/** Ends one session; the next request with its token is refused. */
export const revokeSession = async (db: Executor<'session'>, id: Uuid, now: Date): Promise<void> => {
  await db
    .updateTable('session')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .execute()
}

/** Ends every session of somebody, as when a device is revoked. */
export const revokeSessionsOf = async (
  db: Executor<'session'>,
  { kind, subjectId, now }: { readonly kind: SessionKind; readonly subjectId: Uuid; readonly now: Date },
): Promise<void> => {
  await db
    .updateTable('session')
    .set({ revoked_at: now })
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .where('revoked_at', 'is', null)
    .execute()
}
