import { command, type Context } from '@hilo/db'
import { COMMON, may, ok, type Result } from '@hilo/kernel'
import { saveStaff, type StaffKey, takeStaff } from './change-staff.ts'
import { endSessions } from './end-sessions.ts'
import { ACCESS } from './errors.ts'
import { hashPassword, type PasswordCost, readPassword, verifyPassword } from './password.ts'
import { accountThrottle } from './sign-in.ts'
import { countTry, forgiveTry } from './throttle.ts'

/** A new password for oneself, who says the present one, or for somebody else. */
export interface NewPassword extends StaffKey {
  readonly password: string
  readonly currentPassword?: string | null | undefined
}

/** Checks the present password of the member of staff who asks; wrong ones count as failed sign-ins. */
const checkCurrent = async (ctx: Context, { id, currentPassword }: NewPassword): Promise<Result<null>> => {
  const self = await ctx.db
    .selectFrom('staff')
    .select(['email', 'password_hash'])
    .where('id', '=', id)
    .executeTakeFirst()
  const throttle = accountThrottle('staff', self?.email ?? '')
  const counted = await countTry(ctx.db, throttle, ctx.now())
  if (!counted.ok) return counted
  if (!(await verifyPassword(self?.password_hash, currentPassword ?? ''))) {
    return ACCESS.refuse('PASSWORD_WRONG', {}, ['currentPassword'])
  }
  await forgiveTry(ctx.db, throttle)
  return ok(null)
}

/**
 * Sets a password, and ends every session of its member of staff but the one that asks. Refuses
 * `PASSWORD_LENGTH_INVALID`, `PASSWORD_WRONG`, `RATE_LIMITED`, `FORBIDDEN`, `NOT_FOUND`, `GRANT_BEYOND_OWN`. Runs
 * outside a transaction: failures must stay counted, and no connection waits while passwords are hashed.
 */
export const setStaffPassword = async (
  ctx: Context,
  input: NewPassword,
  cost?: PasswordCost,
): Promise<Result<StaffKey>> => {
  const password = readPassword(input.password)
  if (!password.ok) return password
  const self = ctx.actor.kind === 'staff' && ctx.actor.staffId === input.id ? ctx.actor : undefined
  if (!self && !may(ctx.actor, 'staff:write'))
    return COMMON.refuse('FORBIDDEN', { permission: 'staff:write' })
  const current = self ? await checkCurrent(ctx, input) : ok(null)
  if (!current.ok) return current
  const passwordHash = await hashPassword(password.value, cost)
  return command(ctx, { operation: 'setStaffPassword', input: null }, async (inner) => {
    const taken = await takeStaff(inner, input)
    if (!taken.ok) return taken
    const { id } = input
    await endSessions(inner, { kind: 'staff', subjectId: id, except: self?.sessionId })
    await saveStaff(inner, { password_hash: passwordHash }, { id, type: 'StaffPasswordSet.v1', payload: {} })
    return ok({ id })
  })
}
