import {
  ACCESS,
  addressThrottle,
  countTry,
  forgiveTry,
  hashPassword,
  openSession,
  readEmail,
  readName,
  readPassword,
  type OpenedSession,
  type PasswordCost,
  type SignIn,
} from '@hilo/access'
import { command, type Context } from '@hilo/db'
import { ok, type Locale, type Result, type Uuid } from '@hilo/kernel'
import { insertCustomers } from './insert-customers.ts'

/** Somebody who wants an account. */
export interface SignUp extends SignIn {
  readonly name: string
  readonly locale?: Locale
}

const read = (input: SignUp): Result<{ name: string; email: string; password: string }> => {
  const name = readName(input.name)
  if (!name.ok) return name
  const email = readEmail(input.email)
  if (!email.ok) return email
  const password = readPassword(input.password)
  if (!password.ok) return password
  return ok({ name: name.value, email: email.value, password: password.value })
}

/**
 * Makes a customer with a password and opens their first session. Refuses with `NAME_INVALID`, `EMAIL_INVALID`,
 * `PASSWORD_LENGTH_INVALID` and `EMAIL_TAKEN`; the last counts as a failed try of the address, so that nobody can ask
 * for many e-mails who has an account (`RATE_LIMITED`). Hashes the password before its own transaction begins.
 */
export const signUpCustomer = async (
  ctx: Context,
  input: SignUp,
  cost?: PasswordCost,
): Promise<Result<OpenedSession & { readonly customerId: Uuid }>> => {
  const asked = read(input)
  if (!asked.ok) return asked
  const throttle = input.address === undefined ? undefined : addressThrottle('customer', input.address)
  const counted = throttle ? await countTry(ctx.db, throttle, ctx.now()) : ok(undefined)
  if (!counted.ok) return counted
  const { name, email, password } = asked.value
  const passwordHash = await hashPassword(password, cost)
  const made = await command(ctx, { operation: 'signUpCustomer', input: null }, async (inner) => {
    const locale = input.locale ?? ctx.locale
    const [customerId] = await insertCustomers(inner, [
      { name, email, passwordHash, locale, channelId: ctx.channel.id },
    ])
    if (!customerId) return ACCESS.refuse('EMAIL_TAKEN', {}, ['email'])
    return ok({ customerId })
  })
  if (!made.ok) return made
  if (throttle) await forgiveTry(ctx.db, throttle)
  const { customerId } = made.value
  const session = await openSession(ctx.db, {
    kind: 'customer',
    subjectId: customerId,
    userAgent: input.userAgent,
    address: input.address,
    now: ctx.now(),
  })
  return ok({ ...session, customerId })
}
