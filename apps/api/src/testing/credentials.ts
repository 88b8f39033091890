import { createApiKey, openSession, refreshSession, revokeApiKey, rotateApiKey } from '@hilo/access'
import { createTestStaff } from '@hilo/access/testing'
import type { Context } from '@hilo/db'
import { narrowedBy, newId, type Permission, PERMISSIONS, unwrap, type Uuid } from '@hilo/kernel'

/** What a caller sends along to say who it is. */
export type Headers = Readonly<Record<string, string>>

const bearing = (token: string): Headers => ({ authorization: `Bearer ${token}` })

const staffSession = async (ctx: Context, staffId: Uuid) =>
  bearing((await openSession(ctx.db, { kind: 'staff', subjectId: staffId, now: ctx.now() })).token)

/** Everything that can be narrowed to channels and locations. */
const NARROWED = PERMISSIONS.filter((permission) =>
  ['channels', 'locations'].includes(narrowedBy(permission)),
)

/** Staff and a program that may do all of it, but only in these channels and at these locations. */
export const createNarrowedPeople = async (
  ctx: Context,
  reach: { readonly channels: readonly Uuid[]; readonly locations: readonly Uuid[] },
): Promise<{ readonly staff: Headers; readonly key: Headers }> => {
  const { id } = await createTestStaff(ctx, { permissions: NARROWED, ...reach })
  const { key } = unwrap(await createApiKey(ctx, { name: 'narrowed', permissions: NARROWED, ...reach }))
  return { staff: await staffSession(ctx, id), key: bearing(key) }
}

/** A program that holds these permissions in the whole shop. */
export const createKey = async (ctx: Context, permissions: readonly Permission[]) => {
  const { id, key } = unwrap(await createApiKey(ctx, { name: 'program', permissions }))
  return { id, headers: bearing(key) }
}

/** Credentials that opened everything once, and nothing any more. */
export const createDeadCredentials = async (ctx: Context): Promise<Readonly<Record<string, Headers>>> => {
  const make = async (input: { readonly expiresAt?: Date } = {}, at = ctx) =>
    unwrap(await createApiKey(at, { name: 'dead', permissions: PERMISSIONS, ...input }))
  const minutes = (count: number) => new Date(ctx.now().getTime() + count * 60_000)
  const past = { ...ctx, now: () => minutes(-2_000) }
  const [expired, revoked, rotated, twice] = [
    await make({ expiresAt: minutes(-1) }, past),
    await make(),
    await make(),
    await make({}, past),
  ]
  await revokeApiKey(ctx, revoked.id)
  unwrap(await rotateApiKey(ctx, { id: rotated.id, overlapHours: 0 }))
  unwrap(await rotateApiKey(past, { id: twice.id, overlapHours: 24 }))
  const disabled = await createTestStaff(ctx)
  const gone = await createTestStaff(ctx)
  const signedOut = await staffSession(ctx, gone.id)
  const left = await staffSession(ctx, disabled.id)
  await ctx.db
    .updateTable('session')
    .set({ revoked_at: ctx.now() })
    .where('subject_id', '=', gone.id)
    .execute()
  await ctx.db.updateTable('staff').set({ disabled_at: ctx.now() }).where('id', '=', disabled.id).execute()
  const customer = await openSession(ctx.db, { kind: 'customer', subjectId: newId(), now: minutes(-60) })
  const reused = await openSession(ctx.db, { kind: 'customer', subjectId: newId(), now: minutes(-5) })
  const first = { refreshToken: reused.refreshToken! }
  unwrap(await refreshSession({ ...ctx, now: () => minutes(-3) }, first))
  await refreshSession(ctx, first)
  return {
    'an expired key': bearing(expired.key),
    'a revoked key': bearing(revoked.key),
    'the old secret of a key rotated without overlap': bearing(rotated.key),
    'the old secret of a key after its overlap': bearing(twice.key),
    'a session that was ended': signedOut,
    'a session of somebody disabled': left,
    'an access token after 15 minutes': bearing(customer.token),
    'an access token whose refresh token was used twice': bearing(reused.token),
    'a refresh token in place of an access token': bearing(customer.refreshToken!),
  }
}
