import { keyset, type Executor } from '@hilo/db'
import type { CursorKey, Permission, Uuid } from '@hilo/kernel'
import { knownPermissions } from './stored-grants.ts'

/** The roles that come with Hilo, by the code they are stored with. */
export type BuiltInRole = 'administrator' | 'catalogue' | 'prices' | 'warehouse' | 'support' | 'read-only'

/** A named set of permissions. */
export interface RoleRow {
  readonly id: Uuid
  readonly code: BuiltInRole | null
  readonly name: string
  readonly permissions: readonly Permission[]
  readonly version: number
}

const roleRows = (db: Executor<'role'>) =>
  db.selectFrom('role').select(['role.id', 'role.code', 'role.name', 'role.permissions', 'role.version'])

type Row = Awaited<ReturnType<ReturnType<typeof roleRows>['execute']>>[number]

const toRole = (row: Row): RoleRow => ({
  ...row,
  code: row.code as BuiltInRole | null,
  permissions: knownPermissions(row.permissions),
})

/** The roles with these ids. */
export const rolesByIds = async (db: Executor<'role'>, ids: readonly Uuid[]): Promise<RoleRow[]> =>
  (await roleRows(db).where('role.id', 'in', ids).execute()).map(toRole)

/** A page of the roles, by name; the key is `[name, id]`. */
export const rolesPage = async (
  db: Executor<'role'>,
  { after, limit }: { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<RoleRow[]> => {
  const columns = [
    ['role.name', 'asc'],
    ['role.id', 'asc'],
  ] as const
  return (await keyset(roleRows(db), { columns, after, limit }).execute()).map(toRole)
}

/** How many roles there are. */
export const countRoles = async (db: Executor<'role'>): Promise<number> => {
  const { count } = await db
    .selectFrom('role')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** How many members of staff hold each of these roles; none is absent. */
export const membersOfRoles = async (
  db: Executor<'staff_grant'>,
  ids: readonly Uuid[],
): Promise<{ readonly id: Uuid; readonly members: number }[]> => {
  const rows = await db
    .selectFrom('staff_grant')
    .select((eb) => ['role_id as id', eb.fn.count<bigint>('staff_id').distinct().as('members')])
    .where('role_id', 'in', ids)
    .groupBy('role_id')
    .execute()
  return rows.map(({ id, members }) => ({ id, members: Number(members) }))
}

/** The id of a role that comes with Hilo; throws when the shop took it away. For seeds and the command. */
export const builtInRole = async (db: Executor<'role'>, code: BuiltInRole): Promise<Uuid> =>
  (await db.selectFrom('role').select('id').where('code', '=', code).executeTakeFirstOrThrow()).id
