import { appendEvents, command, type Changed, type Context, type NewEvent } from '@hilo/db'
import {
  actorKey,
  COMMON,
  encodeId,
  type Grant,
  narrowedBy,
  newId,
  ok,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import { ACCESS } from './errors.ts'
import { checkHeld, reachFacts, type ReachInput, readReach } from './grant-input.ts'
import { readName } from './name.ts'
import { readPermissions } from './read-permissions.ts'
import { toGrant } from './stored-grants.ts'
import { hashToken, newToken } from './token.ts'

/** A key for a program. */
export interface NewApiKey extends ReachInput {
  /** What people recognise it by. */
  readonly name: string
  readonly permissions: readonly string[]
  /** When it stops to work; never, when not said. */
  readonly expiresAt?: Date | null | undefined
  /** Bound to persisted operations: for a till, whose key more people can reach. */
  readonly persistedOnly?: boolean | null | undefined
}

/** A key with its secret, which is known only here. */
export interface ApiKeySecret {
  readonly id: Uuid
  readonly key: string
}

interface KeyFact {
  readonly id: Uuid
  readonly type: 'ApiKeyCreated.v1' | 'ApiKeyRotated.v1' | 'ApiKeyRevoked.v1'
  readonly payload: NewEvent['payload']
  readonly changed?: Changed
}

const keyEvent = ({ id, ...fact }: KeyFact): NewEvent => ({
  aggregate: 'api_key',
  aggregateId: id,
  permission: 'keys:write',
  ...fact,
})

/** The ends of a key by which people tell it from others; the 35 characters between keep it secret. */
const endsOf = (key: string) => ({ prefix: key.slice(0, 7), last4: key.slice(-4) })

const checkWhole = ({ permissions, channels, locations }: Grant, asked: readonly string[]): Result<null> => {
  if (channels === 'all' && locations === 'all') return ok(null)
  const permission = [...permissions].find((one) => asked.includes(one) && narrowedBy(one) === 'shop')
  return permission ? ACCESS.refuse('PERMISSION_NEEDS_WHOLE_SHOP', { permission }, ['permissions']) : ok(null)
}

/**
 * Makes an API key that may do no more than whoever makes it; `key` is shown here once and never again. Refuses with
 * `NAME_INVALID`, `PERMISSION_UNKNOWN`, `PERMISSION_NEEDS_WHOLE_SHOP`, `NOT_FOUND`, `INVALID_INPUT`, `GRANT_BEYOND_OWN`.
 */
export const createApiKey = (ctx: Context, input: NewApiKey): Promise<Result<ApiKeySecret>> =>
  command(ctx, { operation: 'createApiKey', input: null }, async (inner) => {
    const name = readName(input.name)
    if (!name.ok) return name
    const reach = await readReach(inner, input, [])
    if (!reach.ok) return reach
    const permissions = readPermissions(input.permissions)
    if (!permissions.ok) return permissions
    const { expiresAt = null } = input
    if (expiresAt && expiresAt <= inner.now()) {
      const reason = { en: 'The key would be expired already.', es: 'La clave ya estaría caducada.' }
      return COMMON.refuse('INVALID_INPUT', { reason }, ['expiresAt'])
    }
    const wanted = toGrant({ permissions: permissions.value, ...reach.value })
    const whole = checkWhole(wanted, permissions.value)
    if (!whole.ok) return whole
    const held = checkHeld(inner.actor, wanted, ['permissions'])
    if (!held.ok) return held
    const [id, key] = [newId(), newToken('apiKey')]
    await inner.db
      .insertInto('api_key')
      .values({
        id,
        name: name.value,
        key_hash: hashToken(key),
        permissions: permissions.value,
        ...reach.value,
        created_at: inner.now(),
        created_by: actorKey(inner.actor),
        expires_at: expiresAt,
        persisted_only: input.persistedOnly ?? false,
        ...endsOf(key),
      })
      .execute()
    const payload = {
      name: name.value,
      permissions: permissions.value,
      ...reachFacts(reach.value),
      expiresAt: expiresAt?.toISOString() ?? null,
      persistedOnly: input.persistedOnly ?? false,
    }
    await appendEvents(inner, [keyEvent({ id, type: 'ApiKeyCreated.v1', payload })])
    return ok({ id, key })
  })

const takeKey = async ({ db }: Context, id: Uuid) => {
  const row = await db
    .selectFrom('api_key')
    .selectAll()
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  return row ? ok(row) : COMMON.refuse('NOT_FOUND', { kind: 'apiKey', id: encodeId('apiKey', id) }, ['id'])
}

/** Hours for which a rotated key's old secret works on, when nobody says. */
const DEFAULT_OVERLAP_HOURS = 24

/** Hours for which it works on at most: 30 days. */
export const MAX_OVERLAP_HOURS = 720

/**
 * Gives a key a new secret, shown here once; the old one works on for some hours (24 when not said, 0 for not at all),
 * so that programs can change over. A second rotation ends the first secret at once. Refuses with `NOT_FOUND`,
 * `INVALID_INPUT`, `GRANT_BEYOND_OWN` for a key that may more than the actor.
 */
export const rotateApiKey = (
  ctx: Context,
  { id, overlapHours }: { readonly id: Uuid; readonly overlapHours?: number | null | undefined },
): Promise<Result<ApiKeySecret & { readonly previousUntil: Date }>> =>
  command(ctx, { operation: 'rotateApiKey', input: null }, async (inner) => {
    const hours = overlapHours ?? DEFAULT_OVERLAP_HOURS
    if (!Number.isInteger(hours) || hours < 0 || hours > MAX_OVERLAP_HOURS) {
      const reason = {
        en: `An overlap has 0 to ${MAX_OVERLAP_HOURS} hours.`,
        es: `Un solapamiento tiene de 0 a ${MAX_OVERLAP_HOURS} horas.`,
      }
      return COMMON.refuse('INVALID_INPUT', { reason }, ['overlapHours'])
    }
    const row = await takeKey(inner, id)
    if (!row.ok) return row
    const held = checkHeld(inner.actor, toGrant(row.value), ['id'])
    if (!held.ok) return held
    const key = newToken('apiKey')
    const previousUntil = new Date(inner.now().getTime() + hours * 3_600_000)
    await inner.db
      .updateTable('api_key')
      .set({
        key_hash: hashToken(key),
        previous_hash: row.value.key_hash,
        previous_until: previousUntil,
        ...endsOf(key),
      })
      .where('id', '=', id)
      .execute()
    const payload = { previousUntil: previousUntil.toISOString() }
    await appendEvents(inner, [keyEvent({ id, type: 'ApiKeyRotated.v1', payload })])
    return ok({ id, key, previousUntil })
  })

/** Ends an API key at once. Refuses with `NOT_FOUND` when there is none with this id that still works. */
export const revokeApiKey = (ctx: Context, id: Uuid): Promise<Result<{ readonly id: Uuid }>> =>
  command(ctx, { operation: 'revokeApiKey', input: { id } }, async (inner) => {
    const row = await takeKey(inner, id)
    if (!row.ok) return row
    await inner.db.updateTable('api_key').set({ revoked_at: inner.now() }).where('id', '=', id).execute()
    await appendEvents(inner, [keyEvent({ id, type: 'ApiKeyRevoked.v1', payload: { name: row.value.name } })])
    return ok({ id })
  })
