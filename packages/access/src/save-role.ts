import { appendEvents, type Changed, type Context, type NewEvent } from '@hilo/db'
import { COMMON, encodeId, grant, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { ACCESS } from './errors.ts'
import { checkHeld } from './grant-input.ts'
import { readName } from './name.ts'
import { readPermissions } from './read-permissions.ts'
import { membersOfRoles } from './role-queries.ts'
import { EVERYTHING, knownPermissions } from './stored-grants.ts'

/** A role as people name and fill it. */
export interface RoleInput {
  readonly name: string
  readonly permissions: readonly string[]
}

/** What to change of a role; what is left out stays. */
export interface RoleChange extends Partial<RoleInput> {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
}

interface RoleFact {
  readonly id: Uuid
  readonly type: 'RoleCreated.v1' | 'RoleUpdated.v1' | 'RoleDeleted.v1'
  readonly name: string
  readonly permissions: readonly string[]
  readonly changed?: Changed
}

const roleEvent = ({ id, type, name, permissions, changed }: RoleFact): NewEvent => ({
  aggregate: 'role',
  aggregateId: id,
  type,
  payload: { name, permissions: [...permissions] },
  permission: 'staff:write',
  changed,
})

const nameTaken = (name: string) => ACCESS.refuse('ROLE_NAME_TAKEN', { name }, ['name'])

const isTaken = async ({ db }: Context, { name, id }: { readonly name: string; readonly id?: Uuid }) => {
  const other = await db
    .selectFrom('role')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', eb.fn<string>('lower', [eb.val(name)])))
    .executeTakeFirst()
  return other !== undefined && other.id !== id
}

const PATH = ['permissions']

/**
 * Makes a role, of permissions that whoever makes it holds. Call it inside `command()`. Refuses `NAME_INVALID`,
 * `ROLE_NAME_TAKEN`, `PERMISSION_UNKNOWN`, `GRANT_BEYOND_OWN`.
 */
export const createRole = async (ctx: Context, input: RoleInput): Promise<Result<{ readonly id: Uuid }>> => {
  const name = readName(input.name)
  if (!name.ok) return name
  const permissions = readPermissions(input.permissions)
  if (!permissions.ok) return permissions
  const held = checkHeld(ctx.actor, grant(permissions.value), PATH)
  if (!held.ok) return held
  if (await isTaken(ctx, { name: name.value })) return nameTaken(name.value)
  const id = newId()
  const inserted = await ctx.db
    .insertInto('role')
    .values({ id, name: name.value, permissions: permissions.value, created_at: ctx.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!inserted) return nameTaken(name.value)
  const fact = { id, name: name.value, permissions: permissions.value }
  await appendEvents(ctx, [roleEvent({ ...fact, type: 'RoleCreated.v1' })])
  return ok({ id })
}

/** Locks a role that the actor may change: not that of administrators, nor one of more than they hold. */
const takeRole = async (ctx: Context, { id, ifVersion }: Pick<RoleChange, 'id' | 'ifVersion'>) => {
  const role = await ctx.db.selectFrom('role').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!role) return COMMON.refuse('NOT_FOUND', { kind: 'role', id: encodeId('role', id) }, ['id'])
  if (role.permissions.includes(EVERYTHING)) return ACCESS.refuse('ROLE_FIXED', {}, ['id'])
  if (ifVersion != null && ifVersion !== role.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: role.version }, ['ifVersion'])
  }
  const held = checkHeld(ctx.actor, grant(knownPermissions(role.permissions)), ['id'])
  return held.ok ? ok(role) : held
}

/** Code from before roles reads `staff.permissions`; it must not go on allowing what a role no longer gives. */
const forgetOldPermissions = async ({ db }: Context, roleId: Uuid): Promise<void> => {
  await db
    .updateTable('staff')
    .set({ permissions: [] })
    .where('id', 'in', (eb) => eb.selectFrom('staff_grant').select('staff_id').where('role_id', '=', roleId))
    .execute()
}

/**
 * Changes a role; whoever holds it may do the other things at once. Call it inside `command()`. Refuses `NOT_FOUND`,
 * `ROLE_FIXED`, `VERSION_CONFLICT` and what `createRole` refuses.
 */
export const updateRole = async (
  ctx: Context,
  change: RoleChange,
): Promise<Result<{ readonly id: Uuid }>> => {
  const taken = await takeRole(ctx, change)
  if (!taken.ok) return taken
  const before = taken.value
  const name = change.name === undefined ? ok(before.name) : readName(change.name)
  if (!name.ok) return name
  const permissions =
    change.permissions === undefined ? ok(before.permissions) : readPermissions(change.permissions)
  if (!permissions.ok) return permissions
  const held = checkHeld(ctx.actor, grant(knownPermissions(permissions.value)), PATH)
  if (!held.ok) return held
  const { id } = before
  if (await isTaken(ctx, { name: name.value, id })) return nameTaken(name.value)
  const after = { name: name.value, permissions: permissions.value }
  await ctx.db
    .updateTable('role')
    .set({ ...after, version: before.version + 1 })
    .where('id', '=', id)
    .execute()
  await forgetOldPermissions(ctx, id)
  const changed = {
    ...(after.name !== before.name && { name: [before.name, after.name] as const }),
    permissions: [before.permissions, after.permissions] as const,
  }
  await appendEvents(ctx, [roleEvent({ ...after, id, type: 'RoleUpdated.v1', changed })])
  return ok({ id })
}

/** Takes a role away that nobody holds. Call it inside `command()`. Refuses `NOT_FOUND`, `ROLE_FIXED`, `ROLE_IN_USE`. */
export const deleteRole = async (ctx: Context, id: Uuid): Promise<Result<{ readonly id: Uuid }>> => {
  const taken = await takeRole(ctx, { id })
  if (!taken.ok) return taken
  const [use] = await membersOfRoles(ctx.db, [id])
  if (use) return ACCESS.refuse('ROLE_IN_USE', { members: use.members }, ['id'])
  await ctx.db.deleteFrom('role').where('id', '=', id).execute()
  const { name, permissions } = taken.value
  await appendEvents(ctx, [roleEvent({ id, type: 'RoleDeleted.v1', name, permissions })])
  return ok({ id })
}
