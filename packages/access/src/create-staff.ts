import { appendEvents, command, type Context } from '@hilo/db'
import { newId, ok, type Locale, type Result, type Uuid } from '@hilo/kernel'
import { readEmail } from './email.ts'
import { ACCESS } from './errors.ts'
import { type GrantInput, readGrants } from './grant-input.ts'
import { readName } from './name.ts'
import { hashPassword, readPassword, type PasswordCost } from './password.ts'
import { grantFacts, replaceGrants } from './staff-grants.ts'

/** A member of staff to be made. */
export interface NewStaff {
  readonly name: string
  readonly email: string
  readonly password: string
  readonly grants: readonly GrantInput[]
  readonly locale?: Locale | undefined
}

const read = ({ name, email, password }: NewStaff) => {
  const [checkedName, checkedEmail, checkedPassword] = [
    readName(name),
    readEmail(email),
    readPassword(password),
  ]
  if (!checkedName.ok) return checkedName
  if (!checkedEmail.ok) return checkedEmail
  if (!checkedPassword.ok) return checkedPassword
  return ok({ name: checkedName.value, email: checkedEmail.value, password: checkedPassword.value })
}

/**
 * Makes a member of staff, with no more than whoever makes them holds. Refuses with `NAME_INVALID`, `EMAIL_INVALID`,
 * `EMAIL_TAKEN`, `PASSWORD_LENGTH_INVALID`, `NOT_FOUND`, `INVALID_INPUT`, `GRANT_BEYOND_OWN`. Hashes the password
 * before its own transaction begins.
 */
export const createStaff = async (
  ctx: Context,
  input: NewStaff,
  cost?: PasswordCost,
): Promise<Result<{ readonly id: Uuid }>> => {
  const asked = read(input)
  if (!asked.ok) return asked
  const { name, email, password } = asked.value
  const passwordHash = await hashPassword(password, cost)
  return command(ctx, { operation: 'createStaff', input: null }, async (inner) => {
    const grants = await readGrants(inner, input.grants)
    if (!grants.ok) return grants
    const made = await inner.db
      .insertInto('staff')
      .values({
        id: newId(),
        name,
        email,
        password_hash: passwordHash,
        locale: input.locale ?? 'en',
        created_at: inner.now(),
      })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!made) return ACCESS.refuse('EMAIL_TAKEN', {}, ['email'])
    await replaceGrants(inner, made.id, grants.value)
    await appendEvents(inner, [
      {
        aggregate: 'staff',
        aggregateId: made.id,
        type: 'StaffCreated.v1',
        payload: { name, email, grants: grantFacts(grants.value) },
        permission: 'staff:write',
      },
    ])
    return ok(made)
  })
}
