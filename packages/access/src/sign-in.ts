import type { Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { readEmail } from './email.ts'
import { ACCESS } from './errors.ts'
import { networkBlock } from './network-block.ts'
import { PASSWORD_COST, verifyPassword, type PasswordCost } from './password.ts'
import { openSession, type OpenedSession, type SessionKind } from './session.ts'
import { countTry, forgetOldTries, forgiveAll, forgiveTry, type Throttle } from './throttle.ts'
import { hashToken } from './token.ts'

/** What somebody signs in with, and from where. */
export interface SignIn {
  readonly email: string
  readonly password: string
  /** IP address of the caller, when there is one. */
  readonly address?: string | undefined
  readonly userAgent?: string | undefined
}

/** Somebody who could sign in: their id and password hash. */
export interface SignInSubject {
  readonly id: Uuid
  readonly passwordHash: string | null
}

/** Failed tries within 15 minutes: few for one account; more from one address, where a whole shop may sit. */
const SIGN_IN_LIMITS = { account: 5, address: 20 } as const

/** The count of tries on one account. */
export const accountThrottle = (kind: SessionKind, email: string): Throttle => ({
  key: hashToken(`${kind} account ${email}`),
  limit: SIGN_IN_LIMITS.account,
})

/** The count of tries from one address, to sign in or to do something else. */
export const addressThrottle = (kind: SessionKind, address: string, what = 'address'): Throttle => ({
  key: hashToken(`${kind} ${what} ${networkBlock(address)}`),
  limit: SIGN_IN_LIMITS.address,
})

/**
 * Checks e-mail and password and opens a session. Refuses with `EMAIL_INVALID`, `SIGN_IN_FAILED` (unknown e-mail and
 * wrong password alike, in the same time) and `RATE_LIMITED`. Runs outside a transaction: failures must stay counted,
 * and no connection waits while the password is hashed.
 */
export const signIn = async (
  ctx: Pick<Context, 'db' | 'now'>,
  kind: SessionKind,
  input: SignIn & { readonly find: (email: string) => Promise<SignInSubject | undefined> },
  cost: PasswordCost = PASSWORD_COST,
): Promise<Result<OpenedSession & { readonly subjectId: Uuid }>> => {
  const email = readEmail(input.email)
  if (!email.ok) return email
  const account = accountThrottle(kind, email.value)
  const address = input.address === undefined ? undefined : addressThrottle(kind, input.address)
  for (const throttle of address ? [address, account] : [account]) {
    const counted = await countTry(ctx.db, throttle, ctx.now())
    if (!counted.ok) return counted
  }
  const subject = await input.find(email.value)
  if (!(await verifyPassword(subject?.passwordHash, input.password, cost)) || !subject) {
    await forgetOldTries(ctx.db, ctx.now())
    return ACCESS.refuse('SIGN_IN_FAILED', {})
  }
  await forgiveAll(ctx.db, account)
  if (address) await forgiveTry(ctx.db, address)
  const { userAgent, address: from } = input
  const session = await openSession(ctx.db, {
    kind,
    subjectId: subject.id,
    userAgent,
    address: from,
    now: ctx.now(),
  })
  return ok({ ...session, subjectId: subject.id })
}
