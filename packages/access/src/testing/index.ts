import type { Context, Executor } from '@hilo/db'
import { newId, PERMISSIONS, unwrap, type Actor, type Permission, type Uuid } from '@hilo/kernel'
import { createStaff } from '../create-staff.ts'
import type { PasswordCost } from '../password.ts'

/** The least that argon2 allows: for tests, which hash often and protect nothing. */
export const TEST_COST: PasswordCost = { memoryCost: 8, timeCost: 1, parallelism: 1 }

/** A member of staff in a context's `actor`, with these permissions or all; without a row. */
export const staffActor = (permissions: readonly Permission[] = PERMISSIONS): Actor => ({
  kind: 'staff',
  staffId: newId(),
  sessionId: newId(),
  permissions: new Set(permissions),
})

/** A program with an API key in a context's `actor`; without a row. */
export const appActor = (permissions: readonly Permission[]): Actor => ({
  kind: 'app',
  keyId: newId(),
  permissions: new Set(permissions),
})

/** Password of everybody whom the builders of tests make. */
export const TEST_PASSWORD = 'correct horse battery'

let made = 0

/** Makes a member of staff who can sign in with `TEST_PASSWORD`. */
export const createTestStaff = async (
  ctx: Context,
  { permissions = PERMISSIONS }: { readonly permissions?: readonly Permission[] } = {},
): Promise<{ readonly id: Uuid; readonly email: string }> => {
  const email = `staff${++made}@shop.test`
  const staff = { name: `Staff ${made}`, email, password: TEST_PASSWORD, permissions }
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
