import type { Context, Executor } from '@hilo/db'
import {
  grant,
  newId,
  PERMISSIONS,
  unwrap,
  type Actor,
  type Grant,
  type Permission,
  type Uuid,
} from '@hilo/kernel'
import { createStaff } from '../create-staff.ts'
import type { ReachInput } from '../grant-input.ts'
import type { PasswordCost } from '../password.ts'
import { EVERYTHING } from '../stored-grants.ts'

/** The least that argon2 allows: for tests, which hash often and protect nothing. */
export const TEST_COST: PasswordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }

/** How far the permissions of an actor in a test reach; everywhere when not said. */
type TestReach = Partial<Pick<Grant, 'channels' | 'locations'>>

/** A member of staff in a context's `actor`, with these permissions or all; without a row. */
export const staffActor = (
  permissions: readonly Permission[] = PERMISSIONS,
  reach: TestReach = {},
): Actor => ({
  kind: 'staff',
  staffId: newId(),
  sessionId: newId(),
  grants: [grant(permissions, reach)],
})

/** A program with an API key in a context's `actor`; without a row. */
export const appActor = (permissions: readonly Permission[], reach: TestReach = {}): Actor => ({
  kind: 'app',
  keyId: newId(),
  grants: [grant(permissions, reach)],
})

/** Password of everybody whom the builders of tests make. */
export const TEST_PASSWORD = 'correct horse battery'

let made = 0

/** Makes a role of these permissions, or of all. */
export const createTestRole = async (
  { db }: Pick<Context, 'db'>,
  permissions?: readonly Permission[],
): Promise<Uuid> => {
  const id = newId()
  await db
    .insertInto('role')
    .values({ id, name: `Test ${id}`, permissions: permissions ? [...permissions] : [EVERYTHING] })
    .execute()
  return id
}

/** Makes a member of staff who can sign in with `TEST_PASSWORD`, with these permissions or all, everywhere or there. */
export const createTestStaff = async (
  ctx: Context,
  { permissions, ...reach }: ReachInput & { readonly permissions?: readonly Permission[] } = {},
): Promise<{ readonly id: Uuid; readonly email: string }> => {
  const email = `staff${++made}@shop.test`
  const grants = [{ roleId: await createTestRole(ctx, permissions), ...reach }]
  const staff = { name: `Staff ${made}`, email, password: TEST_PASSWORD, grants }
  return { ...unwrap(await createStaff(ctx, staff, TEST_COST)), email }
}

/** When a session of somebody was ended, or null; for tests of sign-out and revocation. */
export const sessionEnds = async (db: Executor<'session'>, subjectId: Uuid): Promise<(Date | null)[]> =>
  (
    await db
      .selectFrom('session')
      .select('revoked_at')
      .where('subject_id', '=', subjectId)
      .orderBy('id')
      .execute()
  ).map((row) => row.revoked_at)
