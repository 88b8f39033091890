import { hashPassword } from '@hilo/access'
import { TEST_COST, TEST_PASSWORD } from '@hilo/access/testing'
import { command, type Context } from '@hilo/db'
import { ok, unwrap, type Uuid } from '@hilo/kernel'
import { insertCustomers, type NewCustomer } from '../insert-customers.ts'

let made = 0

/** Makes a customer who can sign in with `TEST_PASSWORD`; anything can be said otherwise. */
export const createTestCustomer = async (
  ctx: Context,
  overrides: Partial<NewCustomer> = {},
): Promise<{ readonly id: Uuid; readonly email: string }> => {
  const email = overrides.email ?? `customer${++made}@home.test`
  const passwordHash = await hashPassword(TEST_PASSWORD, TEST_COST)
  const customer = { name: `Customer ${made}`, passwordHash, ...overrides, email }
  const stored = await command(ctx, { operation: 'createTestCustomer', input: null }, async (inner) =>
    ok(await insertCustomers(inner, [customer])),
  )
  return { id: unwrap(stored)[0]!, email }
}
