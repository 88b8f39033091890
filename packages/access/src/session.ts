import { createHmac, randomBytes } from 'node:crypto'
import type { Executor } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { hashToken, newRefreshToken, newToken } from './token.ts'

/** How long a token of a session works, in hours. A customer's is short: a refresh token gets the next one. */
export const SESSION_HOURS = { staff: 12, customer: 0.25, device: 24 } as const

/** How long a refresh token works, in days; each refresh begins them anew. */
export const REFRESH_DAYS = 30

/** Whose session it is. */
export type SessionKind = keyof typeof SESSION_HOURS

/** A session just opened or refreshed: its tokens are known only here. */
export interface OpenedSession {
  readonly token: string
  /** When `token` stops to work. */
  readonly expiresAt: Date
  /** Gets the next token, once; only customers have one. */
  readonly refreshToken?: string
}

/** Where somebody signed in from, for the list of their sessions. */
export interface SignInPlace {
  readonly userAgent?: string | undefined
  readonly address?: string | undefined
}

/** The columns that tell where a session was used last. */
export const placeColumns = ({ userAgent, address }: SignInPlace) => ({
  user_agent: userAgent?.slice(0, 200) ?? null,
  address: address?.slice(0, 100) ?? null,
})

/** When a token that is made now stops to work. */
export const tokenEnd = (kind: SessionKind, now: Date): Date =>
  new Date(now.getTime() + SESSION_HOURS[kind] * 3_600_000)

/** When a refresh token that is made now stops to work. */
export const refreshEnd = (now: Date): Date => new Date(now.getTime() + REFRESH_DAYS * 86_400_000)

/** Opens a session for somebody who has proved who they are. */
export const openSession = async (
  db: Executor<'session'>,
  session: SignInPlace & { readonly kind: SessionKind; readonly subjectId: Uuid; readonly now: Date },
): Promise<OpenedSession> => {
  const { kind, subjectId, now } = session
  const token = newToken(kind)
  const expiresAt = tokenEnd(kind, now)
  const refresh = kind === 'customer' ? newRefreshToken() : undefined
  await db
    .insertInto('session')
    .values({
      id: newId(),
      kind,
      subject_id: subjectId,
      token_hash: hashToken(token),
      created_at: now,
      expires_at: expiresAt,
      ...placeColumns(session),
      ...(refresh && {
        refresh_family: hashToken(refresh.family),
        refresh_hash: hashToken(refresh.token),
        refresh_until: refreshEnd(now),
      }),
    })
    .execute()
  return { token, expiresAt, ...(refresh && { refreshToken: refresh.token }) }
}

/** A number used once, out of which the tokens of a refresh are derived. */
export const newNonce = (): Buffer => randomBytes(32)

/**
 * The secret of a token that follows from one that was used up: the same again for who holds the old one while the
 * nonce is kept, and nothing that the stored hashes would tell.
 */
export const derivedSecret = (nonce: Uint8Array, spent: string, use: 'access' | 'refresh'): string =>
  createHmac('sha256', nonce).update(`${use} ${spent}`).digest('base64url')

/** Ends every session of somebody without a word, as when a device is revoked, whose own event tells it. */
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

/** How long an ended session stays, so that a log can still be matched to it. */
const KEPT_MS = 7 * 86_400_000

/** Takes away sessions whose tokens all stopped to work a week ago; for housekeeping. */
export const forgetEndedSessions = async (db: Executor<'session'>, now: Date): Promise<void> => {
  await db
    .deleteFrom('session')
    .where((eb) =>
      eb(eb.fn<Date>('greatest', ['expires_at', 'refresh_until']), '<', new Date(now.getTime() - KEPT_MS)),
    )
    .execute()
}
