import { hashPassword } from '@hilo/access'
import { TEST_COST, TEST_PASSWORD } from '@hilo/access/testing'
import { command, type Context } from '@hilo/db'
import { ok, SYSTEM, unwrap, type Uuid } from '@hilo/kernel'
import { insertCustomerGroups, insertCustomers, type NewCustomer } from '../insert-customers.ts'
import { createSegment } from '../segments/save-segment.ts'
import { addSegmentMembers } from '../segments/segment-members.ts'

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

/** Makes a customer group and a segment, and puts these customers into the segment. */
export const createTestAudience = async (
  ctx: Context,
  {
    code = 'loyal',
    customerIds = [],
  }: { readonly code?: string; readonly customerIds?: readonly Uuid[] } = {},
): Promise<{ readonly group: Uuid; readonly segment: Uuid }> => {
  const groups = await insertCustomerGroups(ctx, [{ code, name: { en: code } }])
  const made = await command(
    { ...ctx, actor: SYSTEM },
    { operation: 'createTestAudience', input: null },
    async (inner) => {
      const { segmentId } = unwrap(await createSegment(inner, { code, name: { en: code } }))
      return addSegmentMembers(inner, { segmentId, customerIds })
    },
  )
  return { group: groups.get(code)!, segment: unwrap(made).segmentId }
}
