import type { Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import type { PasswordCost } from './password.ts'
import { endSessions } from './end-sessions.ts'
import type { OpenedSession } from './session.ts'
import { signIn, type SignIn } from './sign-in.ts'
import { staffSubject } from './staff-queries.ts'

/** Signs a member of staff in; refusals as of `signIn`. Runs outside a transaction. */
export const signInStaff = async (
  ctx: Context,
  input: SignIn,
  cost?: PasswordCost,
): Promise<Result<OpenedSession & { readonly staffId: Uuid }>> => {
  const find = (email: string) => staffSubject(ctx.db, email)
  const session = await signIn(ctx, 'staff', { ...input, find }, cost)
  if (!session.ok) return session
  const { subjectId, ...opened } = session.value
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
