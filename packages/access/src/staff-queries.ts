import { keyset, type Executor } from '@hilo/db'
import {
  may,
  type Actor,
  type CursorKey,
  type Grant,
  type Locale,
  type Permission,
  PERMISSIONS,
  type Uuid,
} from '@hilo/kernel'
import { sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import type { SignInSubject } from './sign-in.ts'
import { staffGrants, type StoredGrant } from './stored-grants.ts'

/** What a role gives a member of staff, and where; null is everywhere. */
export interface StaffGrantRow extends StoredGrant {
  readonly roleId: Uuid
}

/** A member of staff as the admin shows them. */
export interface StaffRow {
  readonly id: Uuid
  readonly name: string
  readonly email: string
  readonly locale: Locale
  readonly disabledAt: Date | null
  readonly version: number
  readonly roles: readonly StaffGrantRow[]
  /** What the roles come to. */
  readonly grants: readonly Grant[]
}

type Tables = 'staff' | 'staff_grant' | 'role'

/** Staff the actor may see: themselves, or all with `staff:write`. */
const visible = (db: Executor<Tables>, actor: Actor) => {
  const rows = db.selectFrom('staff')
  if (may(actor, 'staff:write')) return rows
  return actor.kind === 'staff' ? rows.where('staff.id', '=', actor.staffId) : rows.where(sql.lit(false))
}

const staffRows = (db: Executor<Tables>, actor: Actor) =>
  visible(db, actor).select((eb) => [
    'staff.id',
    'staff.name',
    'staff.email',
    'staff.locale',
    'staff.permissions',
    'staff.version',
    'staff.disabled_at as disabledAt',
    jsonArrayFrom(
      eb
        .selectFrom('staff_grant')
        .innerJoin('role', 'role.id', 'staff_grant.role_id')
        .select(['role.id as roleId', 'role.permissions', 'staff_grant.channels', 'staff_grant.locations'])
        .whereRef('staff_grant.staff_id', '=', 'staff.id')
        .orderBy('staff_grant.id'),
    ).as('roles'),
  ])

type Row = Awaited<ReturnType<ReturnType<typeof staffRows>['execute']>>[number]

const toStaff = ({ permissions, ...row }: Row): StaffRow => ({
  ...row,
  locale: row.locale as Locale,
  grants: staffGrants(row.roles, permissions),
})

/** The members of staff with these ids that the actor may see. */
export const staffByIds = async (
  db: Executor<Tables>,
  actor: Actor,
  ids: readonly Uuid[],
): Promise<StaffRow[]> => (await staffRows(db, actor).where('staff.id', 'in', ids).execute()).map(toStaff)

/** What grants allow somewhere, in the order of the kernel's list. */
export const permissionsOf = (grants: readonly Grant[]): Permission[] => {
  const actor: Actor = { kind: 'app', keyId: '', grants }
  return PERMISSIONS.filter((permission) => may(actor, permission))
}

/** The member of staff who signs in with this e-mail, unless disabled. */
export const staffSubject = async (
  db: Executor<'staff'>,
  email: string,
): Promise<SignInSubject | undefined> =>
  db
    .selectFrom('staff')
    .select(['id', 'password_hash as passwordHash'])
    .where('email', '=', email)
    .where('disabled_at', 'is', null)
    .executeTakeFirst()

/** A page of the members of staff the actor may see, by name; the key is `[name, id]`. */
export const staffPage = async (
  db: Executor<Tables>,
  actor: Actor,
  { after, limit }: { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<StaffRow[]> => {
  const columns = [
    ['staff.name', 'asc'],
    ['staff.id', 'asc'],
  ] as const
  return (await keyset(staffRows(db, actor), { columns, after, limit }).execute()).map(toStaff)
}

/** How many members of staff the actor may see. */
export const countStaff = async (db: Executor<Tables>, actor: Actor): Promise<number> => {
  const { count } = await visible(db, actor)
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}
