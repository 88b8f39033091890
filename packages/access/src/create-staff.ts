import { appendEvents, command, type Context } from '@hilo/db'
import { newId, ok, PERMISSIONS, type Locale, type Result, type Uuid } from '@hilo/kernel'
import { readEmail } from './email.ts'
import { ACCESS } from './errors.ts'
import { readName } from './name.ts'
import { hashPassword, readPassword, type PasswordCost } from './password.ts'

/** A member of staff to be made. */
export interface NewStaff {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly permissions: readonly string[]
  readonly locale?: Locale
}

/** Refuses with `PERMISSION_UNKNOWN` for one that the kernel does not list. */
export const readPermissions = (permissions: readonly string[]): Result<readonly string[]> => {
  const known: readonly string[] = PERMISSIONS
  const unknown = permissions.find((permission) => !known.includes(permission))
  return unknown === undefined
    ? ok([...new Set(permissions)])
    : ACCESS.refuse('PERMISSION_UNKNOWN', { permission: unknown.slice(0, 60) }, ['permissions'])
}

/**
 * Makes a member of staff. Refuses with `NAME_INVALID`, `EMAIL_INVALID`, `EMAIL_TAKEN`, `PASSWORD_LENGTH_INVALID`,
 * `PERMISSION_UNKNOWN`. Hashes the password before its own transaction begins.
 */
export const createStaff = async (
  ctx: Context,
  input: NewStaff,
  cost?: PasswordCost,
): Promise<Result<{ readonly id: Uuid }>> => {
  const name = readName(input.name)
  if (!name.ok) return name
  const email = readEmail(input.email)
  if (!email.ok) return email
  const password = readPassword(input.password)
  if (!password.ok) return password
  const permissions = readPermissions(input.permissions)
  if (!permissions.ok) return permissions
  const passwordHash = await hashPassword(password.value, cost)
  return command(ctx, { operation: 'createStaff', input: null }, async (inner) => {
    const made = await inner.db
      .insertInto('staff')
      .values({
        id: newId(),
        name: name.value,
        email: email.value,
        password_hash: passwordHash,
        permissions: [...permissions.value],
        locale: input.locale ?? 'en',
        created_at: inner.now(),
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) return ACCESS.refuse('EMAIL_TAKEN', {}, ['email'])
    await appendEvents(inner, [
      {
        aggregate: 'staff',
        aggregateId: made.id,
        type: 'StaffCreated.v1',
        payload: { permissions: [...permissions.value] },
        permission: 'settings:write',
      },
    ])
    return ok(made)
  })
}
