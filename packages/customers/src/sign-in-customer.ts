import { signIn, type OpenedSession, type PasswordCost, type SignIn } from '@hilo/access'
import type { Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { customerSubject } from './customer-queries.ts'

/** Signs a customer in; refusals as of `signIn` of access. Runs outside a transaction. */
export const signInCustomer = async (
  ctx: Context,
  input: SignIn,
  cost?: PasswordCost,
): Promise<Result<OpenedSession & { readonly customerId: Uuid }>> => {
  const find = (email: string) => customerSubject(ctx.db, email)
  const session = await signIn(ctx, 'customer', { ...input, find }, cost)
  if (!session.ok) return session
  const { subjectId, ...opened } = session.value
  return ok({ ...opened, customerId: subjectId })
}
