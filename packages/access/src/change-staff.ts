import { appendEvents, type Changed, type Context, type NewEvent } from '@hilo/db'
import { COMMON, encodeId, may, ok, type Locale, type Result, type Uuid } from '@hilo/kernel'
import { checkOtherAdministrator } from './administrators.ts'
import { checkHeld, type GrantInput, readGrants } from './grant-input.ts'
import { readName } from './name.ts'
import { endSessions } from './end-sessions.ts'
import { grantFacts, replaceGrants } from './staff-grants.ts'
import { staffByIds, type StaffRow } from './staff-queries.ts'

/** The value of every change of a member of staff, as JSON for replays. */
export interface StaffKey {
  readonly id: Uuid
}

/** Names a member of staff, and the version they must have when that matters. */
export interface StaffRequest extends StaffKey {
  readonly ifVersion?: number | null | undefined
}

/** What to change of a member of staff; what is left out stays. */
export interface StaffChange extends StaffRequest {
  readonly name?: string | undefined
  readonly locale?: Locale | undefined
  readonly disabled?: boolean | undefined
}

interface StaffFact extends StaffKey {
  readonly type: 'StaffUpdated.v1' | 'StaffGrantsSet.v1' | 'StaffPasswordSet.v1'
  readonly payload: NewEvent['payload']
  readonly changed?: Changed
}

/** Writes columns of a locked member of staff, counts the version up, and tells the log. */
export const saveStaff = async (
  ctx: Context,
  columns: {
    readonly name?: string
    readonly locale?: Locale
    readonly disabled_at?: Date | null
    readonly permissions?: string[]
    readonly password_hash?: string
  },
  { id, type, payload, changed }: StaffFact,
): Promise<void> => {
  await ctx.db
    .updateTable('staff')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  const event = { aggregate: 'staff', aggregateId: id, type, payload, permission: 'staff:write' } as const
  await appendEvents(ctx, [{ ...event, changed }])
}

/**
 * Locks a member of staff whom the actor may change: themselves, or one who may do no more than they do themselves, so
 * that nobody takes over an account above their own. Refuses `NOT_FOUND`, `VERSION_CONFLICT`, `GRANT_BEYOND_OWN`.
 */
export const takeStaff = async (ctx: Context, { id, ifVersion }: StaffRequest): Promise<Result<StaffRow>> => {
  await ctx.db.selectFrom('staff').select('id').where('id', '=', id).forNoKeyUpdate().execute()
  const [row] = await staffByIds(ctx.db, ctx.actor, [id])
  if (!row) return COMMON.refuse('NOT_FOUND', { kind: 'staff', id: encodeId('staff', id) }, ['id'])
  if (ifVersion != null && ifVersion !== row.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
  }
  for (const grant of row.grants) {
    const held = checkHeld(ctx.actor, grant, ['id'])
    if (!held.ok) return held
  }
  return ok(row)
}

/**
 * Changes the name or language of a member of staff, or whether they may sign in; who is disabled is out at once. Call it
 * inside `command()`. Refuses `NOT_FOUND`, `VERSION_CONFLICT`, `GRANT_BEYOND_OWN`, `NAME_INVALID`, `LAST_ADMINISTRATOR`.
 */
export const updateStaff = async (ctx: Context, change: StaffChange): Promise<Result<StaffKey>> => {
  const { id } = change
  const taken = await takeStaff(ctx, change)
  if (!taken.ok) return taken
  const before = taken.value
  const name = change.name === undefined ? ok(before.name) : readName(change.name)
  if (!name.ok) return name
  const wasDisabled = before.disabledAt !== null
  if (change.disabled !== undefined && !may(ctx.actor, 'staff:write')) {
    return COMMON.refuse('FORBIDDEN', { permission: 'staff:write' }, ['disabled'])
  }
  const { disabled = wasDisabled, locale = before.locale } = change
  if (disabled && !wasDisabled) {
    const other = await checkOtherAdministrator(ctx, id)
    if (!other.ok) return other
    await endSessions(ctx, { kind: 'staff', subjectId: id })
  }
  await saveStaff(
    ctx,
    {
      name: name.value,
      locale,
      ...(disabled !== wasDisabled && { disabled_at: disabled ? ctx.now() : null }),
    },
    {
      id,
      type: 'StaffUpdated.v1',
      payload: { name: name.value, locale, disabled },
      changed: {
        ...(name.value !== before.name && { name: [before.name, name.value] }),
        ...(locale !== before.locale && { locale: [before.locale, locale] }),
        ...(disabled !== wasDisabled && { disabled: [wasDisabled, disabled] }),
      },
    },
  )
  return ok({ id })
}

/**
 * Gives a member of staff these grants in place of those before; they hold with the next request. Call it inside
 * `command()`. Refuses `NOT_FOUND`, `VERSION_CONFLICT`, `GRANT_BEYOND_OWN`, `LAST_ADMINISTRATOR`, `INVALID_INPUT`.
 */
export const setStaffGrants = async (
  ctx: Context,
  { grants, ...request }: StaffRequest & { readonly grants: readonly GrantInput[] },
): Promise<Result<StaffKey>> => {
  const taken = await takeStaff(ctx, request)
  if (!taken.ok) return taken
  const checked = await readGrants(ctx, grants)
  if (!checked.ok) return checked
  const { id, disabledAt, roles } = taken.value
  if (!disabledAt) {
    const administrator = await ctx.db
      .selectFrom('role')
      .select('id')
      .where('code', '=', 'administrator')
      .executeTakeFirst()
    const stays = checked.value.some(
      ({ roleId, channels, locations }) => roleId === administrator?.id && !channels && !locations,
    )
    const other = stays ? ok(null) : await checkOtherAdministrator(ctx, id)
    if (!other.ok) return other
  }
  await replaceGrants(ctx, id, checked.value)
  const facts = grantFacts(checked.value)
  await saveStaff(
    ctx,
    // What code from before roles would allow.
    { permissions: [] },
    {
      id,
      type: 'StaffGrantsSet.v1',
      payload: { grants: facts },
      changed: { grants: [grantFacts(roles), facts] },
    },
  )
  return ok({ id })
}
