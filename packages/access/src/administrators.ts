import type { Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { ACCESS } from './errors.ts'

/**
 * Makes sure that somebody but this member of staff is an administrator of the whole shop and may sign in. Takes turns:
 * of two administrators who disable each other at once, one is refused with `LAST_ADMINISTRATOR`.
 */
export const checkOtherAdministrator = async (
  { db }: Pick<Context, 'db'>,
  staffId: Uuid,
): Promise<Result<null>> => {
  await db.selectFrom('role').select('id').where('code', '=', 'administrator').forNoKeyUpdate().execute()
  const administrators = await db
    .selectFrom('staff_grant')
    .innerJoin('role', 'role.id', 'staff_grant.role_id')
    .innerJoin('staff', 'staff.id', 'staff_grant.staff_id')
    .select('staff_grant.staff_id')
    .where('role.code', '=', 'administrator')
    .where('staff_grant.channels', 'is', null)
    .where('staff_grant.locations', 'is', null)
    .where('staff.disabled_at', 'is', null)
    .execute()
  const ids = new Set(administrators.map(({ staff_id }) => staff_id))
  return ids.has(staffId) && ids.size === 1 ? ACCESS.refuse('LAST_ADMINISTRATOR', {}, ['id']) : ok(null)
}
