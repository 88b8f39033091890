import type { Executor } from '@hilo/db'
import type { Actor } from '@hilo/kernel'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { staffGrants, toGrant } from './stored-grants.ts'

type Tables = 'staff' | 'staff_grant' | 'role' | 'api_key'

const grantsOfStaff = async (db: Executor<Tables>, id: string) => {
  const row = await db
    .selectFrom('staff')
    .select((eb) => [
      'staff.permissions',
      jsonArrayFrom(
        eb
          .selectFrom('staff_grant')
          .innerJoin('role', 'role.id', 'staff_grant.role_id')
          .select(['role.permissions', 'staff_grant.channels', 'staff_grant.locations'])
          .whereRef('staff_grant.staff_id', '=', 'staff.id')
          .orderBy('staff_grant.id'),
      ).as('grants'),
    ])
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()
  return row && staffGrants(row.grants, row.permissions)
}

const grantsOfKey = async (db: Executor<Tables>, id: string, now: Date) => {
  const row = await db
    .selectFrom('api_key')
    .select(['permissions', 'channels', 'locations'])
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
  return row && [toGrant(row)]
}

/**
 * Somebody for whom work goes on after their request, with what they may do at this moment: in one statement. Undefined
 * for staff who are disabled and for keys that were revoked or have expired; whoever has no grants stays who they are.
 */
export const currentActor = async (
  db: Executor<Tables>,
  actor: Actor,
  now: Date,
): Promise<Actor | undefined> => {
  if (actor.kind !== 'staff' && actor.kind !== 'app') return actor
  const grants =
    actor.kind === 'staff' ? await grantsOfStaff(db, actor.staffId) : await grantsOfKey(db, actor.keyId, now)
  return grants && { ...actor, grants }
}
