import type { Context, FullExecutor } from '@hilo/db'
import {
  COMMON,
  encodeId,
  notHeld,
  ok,
  type Actor,
  type Grant,
  type IdKind,
  type Result,
  type Sentence,
  type Uuid,
} from '@hilo/kernel'
import { ACCESS } from './errors.ts'
import { toGrant } from './stored-grants.ts'

/** Grants of one member of staff at most. */
const MAX_GRANTS = 50

/** Channels and locations of one grant; far more than a shop has, and a bound on what one request can check. */
const MAX_PLACES = 200

/** How far a new grant or key reaches; what is null or left out is everywhere. */
export interface ReachInput {
  readonly channels?: readonly Uuid[] | null | undefined
  readonly locations?: readonly Uuid[] | null | undefined
}

/** A role for a member of staff, and where it holds. */
export interface GrantInput extends ReachInput {
  readonly roleId: Uuid
}

/** A grant that was checked, as it is stored. */
export interface CheckedGrant {
  readonly roleId: Uuid
  readonly channels: Uuid[] | null
  readonly locations: Uuid[] | null
}

const missing = async (db: FullExecutor, table: 'channel' | 'location', ids: readonly Uuid[]) => {
  const found = await db.selectFrom(table).select('id').where('id', 'in', ids).execute()
  return ids.find((id) => !found.some((row) => row.id === id))
}

const atMost = (max: number): Sentence => ({ en: `There are at most ${max}.`, es: `Hay como máximo ${max}.` })

const readIds = async (
  { db }: Pick<Context, 'db'>,
  ids: readonly Uuid[] | null | undefined,
  { kind, path }: { readonly kind: IdKind & ('channel' | 'location'); readonly path: readonly string[] },
): Promise<Result<Uuid[] | null>> => {
  if (ids === null || ids === undefined) return ok(null)
  const because = (reason: Sentence) => COMMON.refuse('INVALID_INPUT', { reason }, path)
  if (ids.length === 0)
    return because({
      en: 'Name at least one, or leave it out for all.',
      es: 'Indica al menos uno, u omítelo para todos.',
    })
  if (ids.length > MAX_PLACES) return because(atMost(MAX_PLACES))
  const unknown = await missing(db, kind, ids)
  return unknown
    ? COMMON.refuse('NOT_FOUND', { kind, id: encodeId(kind, unknown) }, path)
    : ok([...new Set(ids)].sort())
}

/** The channels and locations of a grant, each once and all of them there. Refuses `INVALID_INPUT`, `NOT_FOUND`. */
export const readReach = async (
  ctx: Pick<Context, 'db'>,
  { channels, locations }: ReachInput,
  path: readonly string[],
): Promise<Result<{ readonly channels: Uuid[] | null; readonly locations: Uuid[] | null }>> => {
  const inChannels = await readIds(ctx, channels, { kind: 'channel', path: [...path, 'channelIds'] })
  if (!inChannels.ok) return inChannels
  const atLocations = await readIds(ctx, locations, { kind: 'location', path: [...path, 'locationIds'] })
  return atLocations.ok ? ok({ channels: inChannels.value, locations: atLocations.value }) : atLocations
}

const publicIds = (kind: 'channel' | 'location', ids: readonly Uuid[] | null): string[] | 'all' =>
  ids?.map((id) => encodeId(kind, id)) ?? 'all'

/** How far a grant or key reaches, as events and the audit tell it. */
export const reachFacts = ({
  channels,
  locations,
}: {
  readonly channels: readonly Uuid[] | null
  readonly locations: readonly Uuid[] | null
}) => ({ channels: publicIds('channel', channels), locations: publicIds('location', locations) })

/** Refuses `GRANT_BEYOND_OWN`, with the first permission that the actor does not hold as far itself. */
export const checkHeld = (actor: Actor, wanted: Grant, path: readonly string[]): Result<null> => {
  const permission = notHeld(actor, wanted)
  return permission === undefined ? ok(null) : ACCESS.refuse('GRANT_BEYOND_OWN', { permission }, path)
}

const roleRow = ({ db }: Pick<Context, 'db'>, id: Uuid) =>
  // Nobody may take the role away, nor change it, before it is granted.
  db.selectFrom('role').select('permissions').where('id', '=', id).forShare().executeTakeFirst()

/**
 * Checks grants: their roles, channels and locations are there, and whoever gives them holds all of it. Refuses
 * `NOT_FOUND`, `INVALID_INPUT`, `GRANT_BEYOND_OWN`.
 */
export const readGrants = async (
  ctx: Pick<Context, 'db' | 'actor'>,
  inputs: readonly GrantInput[],
): Promise<Result<CheckedGrant[]>> => {
  if (inputs.length > MAX_GRANTS) {
    return COMMON.refuse('INVALID_INPUT', { reason: atMost(MAX_GRANTS) }, ['grants'])
  }
  const checked: CheckedGrant[] = []
  for (const [index, input] of inputs.entries()) {
    const path = ['grants', String(index)]
    const role = await roleRow(ctx, input.roleId)
    if (!role) {
      const id = encodeId('role', input.roleId)
      return COMMON.refuse('NOT_FOUND', { kind: 'role', id }, [...path, 'roleId'])
    }
    const reach = await readReach(ctx, input, path)
    if (!reach.ok) return reach
    const held = checkHeld(ctx.actor, toGrant({ ...role, ...reach.value }), path)
    if (!held.ok) return held
    checked.push({ roleId: input.roleId, ...reach.value })
  }
  return ok(checked)
}
