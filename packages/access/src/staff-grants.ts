import type { Context, Json } from '@hilo/db'
import { encodeId, newId, type Uuid } from '@hilo/kernel'
import { reachFacts } from './grant-input.ts'

interface Stored {
  readonly roleId: Uuid
  readonly channels: readonly Uuid[] | null
  readonly locations: readonly Uuid[] | null
}

/** Gives a member of staff these grants in place of those before. */
export const replaceGrants = async (
  { db }: Pick<Context, 'db'>,
  staffId: Uuid,
  grants: readonly Stored[],
): Promise<void> => {
  await db.deleteFrom('staff_grant').where('staff_id', '=', staffId).execute()
  if (grants.length === 0) return
  await db
    .insertInto('staff_grant')
    .values(
      grants.map(({ roleId, channels, locations }) => ({
        id: newId(),
        staff_id: staffId,
        role_id: roleId,
        channels: channels && [...channels],
        locations: locations && [...locations],
      })),
    )
    .execute()
}

/** Grants as events and the audit tell them. */
export const grantFacts = (grants: readonly Stored[]): Json =>
  grants.map(({ roleId, ...reach }) => ({ role: encodeId('role', roleId), ...reachFacts(reach) }))
