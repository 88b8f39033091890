import type { Executor } from '@hilo/db'
import { may, PERMISSIONS, type Actor, type Locale, type Permission, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { SignInSubject } from './sign-in.ts'

/** A member of staff as the admin shows them. */
export interface StaffRow {
  readonly id: Uuid
  readonly name: string
  readonly email: string
  readonly locale: Locale
  readonly permissions: readonly Permission[]
}

/** The permissions we know among those stored: one that was retired opens nothing. */
export const knownPermissions = (stored: readonly string[]): Permission[] =>
  PERMISSIONS.filter((permission) => stored.includes(permission))

/** Staff with these ids that the actor may see: themselves, or all with `settings:write`. */
export const staffByIds = async (
  db: Executor<'staff'>,
  actor: Actor,
  ids: readonly Uuid[],
): Promise<StaffRow[]> => {
  const seesAll = may(actor, 'settings:write')
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'name', 'email', 'locale', 'permissions'])
    .where('id', 'in', ids)
    .$if(!seesAll, (query) =>
      actor.kind === 'staff' ? query.where('id', '=', actor.staffId) : query.where(sql.lit(false)),
    )
    .execute()
  return rows.map((row) => ({
    ...row,
    locale: row.locale as Locale,
    permissions: knownPermissions(row.permissions),
  }))
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
