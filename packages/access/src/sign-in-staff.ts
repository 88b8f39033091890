import { appendEvents, command, type Context } from '@hilo/db'
import { newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { endSessions } from './end-sessions.ts'
import { ACCESS } from './errors.ts'
import type { PasswordCost } from './password.ts'
import type { OpenedSession } from './session.ts'
import { signIn, type SignIn } from './sign-in.ts'
import { staffSubject } from './staff-queries.ts'

type SignInEvent = 'StaffSignedIn.v1' | 'StaffSignInFailed.v1'

/**
 * Notes a try to sign in at the account it was for; the limit of tries bounds them. A try for nobody does the same work
 * and takes it back, so that the time it takes says nothing.
 */
const note = (ctx: Context, staffId: Uuid | undefined, type: SignInEvent) =>
  command(ctx, { operation: 'noteSignIn', input: null }, async (inner) => {
    const aggregateId = staffId ?? newId()
    await appendEvents(inner, [
      { aggregate: 'staff', aggregateId, type, payload: {}, permission: 'staff:write' },
    ])
    return staffId ? ok(null) : ACCESS.refuse('SIGN_IN_FAILED', {})
  })

/** Signs a member of staff in; refusals as of `signIn`. Runs outside a transaction. */
export const signInStaff = async (
  ctx: Context,
  input: SignIn,
  cost?: PasswordCost,
): Promise<Result<OpenedSession & { readonly staffId: Uuid }>> => {
  let staffId: Uuid | undefined
  const find = async (email: string) => {
    const subject = await staffSubject(ctx.db, email)
    staffId = subject?.id
    return subject
  }
  const session = await signIn(ctx, 'staff', { ...input, find }, cost)
  if (!session.ok) {
    if (session.error.code === 'SIGN_IN_FAILED') await note(ctx, staffId, 'StaffSignInFailed.v1')
    return session
  }
  const { subjectId, ...opened } = session.value
  const actor = { kind: 'staff', staffId: subjectId, sessionId: newId(), grants: [] } as const
  await note({ ...ctx, actor }, subjectId, 'StaffSignedIn.v1')
  return ok({ ...opened, staffId: subjectId })
}

/** Ends the session that the request came with: of staff, or of a customer. Call it inside `command()`. */
export const signOut = async (ctx: Context): Promise<Result<true>> => {
  const { actor } = ctx
  if ((actor.kind === 'staff' || actor.kind === 'customer') && actor.sessionId) {
    await endSessions(ctx, { id: actor.sessionId })
  }
  return ok(true)
}
