import { timingSafeEqual } from 'node:crypto'
import { appendEvents, command, type Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { endSessions, sessionEvent } from './end-sessions.ts'
import { ACCESS } from './errors.ts'
import {
  derivedSecret,
  newNonce,
  type OpenedSession,
  placeColumns,
  refreshEnd,
  type SignInPlace,
  tokenEnd,
} from './session.ts'
import { addressThrottle } from './sign-in.ts'
import { countTry, forgetOldTries } from './throttle.ts'
import { hashToken, refreshFamily, refreshTokenOf, tokenOf } from './token.ts'

/** For so long a refresh token that was used up gives the same answer again: to two windows that refresh at once. */
const SAME_ANSWER_MS = 30_000

/** A refresh token, and from where it came. */
export interface Refresh extends SignInPlace {
  readonly refreshToken: string
}

/** A session with its new tokens. */
export type RefreshedSession = Required<OpenedSession> & { readonly subjectId: Uuid }

const familyRow = ({ db, now }: Context, family: string) =>
  db
    .selectFrom('session')
    .selectAll()
    .where('refresh_family', '=', hashToken(family))
    .where('revoked_at', 'is', null)
    .where('refresh_until', '>', now())
    .forUpdate()
    .executeTakeFirst()

type FamilyRow = NonNullable<Awaited<ReturnType<typeof familyRow>>>

const is = (stored: Uint8Array | null, token: string): boolean =>
  stored !== null && timingSafeEqual(stored, hashToken(token))

/** The tokens that follow from one that was used up. */
const successors = (family: string, spent: string, nonce: Uint8Array) => ({
  token: tokenOf('customer', derivedSecret(nonce, spent, 'access')),
  refreshToken: refreshTokenOf(family, derivedSecret(nonce, spent, 'refresh')),
})

const rotate = async (
  { db, now }: Context,
  { row, family, input }: { readonly row: FamilyRow; readonly family: string; readonly input: Refresh },
): Promise<Required<OpenedSession>> => {
  const nonce = newNonce()
  const next = successors(family, input.refreshToken, nonce)
  const at = now()
  const expiresAt = tokenEnd('customer', at)
  await db
    .updateTable('session')
    .set({
      token_hash: hashToken(next.token),
      expires_at: expiresAt,
      previous_token_hash: row.token_hash,
      previous_until: row.expires_at,
      refresh_hash: hashToken(next.refreshToken),
      refresh_until: refreshEnd(at),
      refresh_nonce: nonce,
      spent_hash: row.refresh_hash,
      spent_at: at,
      ...placeColumns(input),
    })
    .where('id', '=', row.id)
    .execute()
  return { ...next, expiresAt }
}

const refresh = async (
  ctx: Context,
  family: string,
  input: Refresh,
): Promise<RefreshedSession | undefined> => {
  const { refreshToken } = input
  const row = await familyRow(ctx, family)
  if (!row) return undefined
  const subjectId = row.subject_id
  if (is(row.refresh_hash, refreshToken)) return { ...(await rotate(ctx, { row, family, input })), subjectId }
  const age = ctx.now().getTime() - (row.spent_at?.getTime() ?? 0)
  if (is(row.spent_hash, refreshToken) && age <= SAME_ANSWER_MS) {
    return { ...successors(family, refreshToken, row.refresh_nonce!), expiresAt: row.expires_at, subjectId }
  }
  // Used up before: it is in two hands, and nobody knows whose is the thief's. So both sign in again.
  await appendEvents(ctx, [sessionEvent('RefreshTokenReused.v1', row)])
  await endSessions(ctx, { id: row.id })
  return undefined
}

/**
 * Gives the next tokens of a customer's session for its refresh token, which is used up by it. One that was used up
 * before ends the session, unless it was just now. Refuses `REFRESH_TOKEN_INVALID`, and after many of them from one
 * address `RATE_LIMITED`; the right token is never throttled. Runs outside a transaction: what it ends stays ended.
 */
export const refreshSession = async (ctx: Context, input: Refresh): Promise<Result<RefreshedSession>> => {
  const family = refreshFamily(input.refreshToken)
  if (family) {
    const done = await command(ctx, { operation: 'refreshSession', input: null }, async (inner) =>
      ok(await refresh(inner, family, input)),
    )
    if (!done.ok) return done
    if (done.value) return ok(done.value)
  }
  if (input.address !== undefined) {
    await forgetOldTries(ctx.db, ctx.now())
    const counted = await countTry(ctx.db, addressThrottle('customer', input.address, 'refresh'), ctx.now())
    if (!counted.ok) return counted
  }
  return ACCESS.refuse('REFRESH_TOKEN_INVALID', {}, ['refreshToken'])
}
