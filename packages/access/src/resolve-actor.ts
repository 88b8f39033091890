import type { Executor } from '@hilo/db'
import { COMMON, decodeId, GUEST, may, mayIn, ok, type Actor, type Result, type Uuid } from '@hilo/kernel'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { noteKeyUse } from './api-key-use.ts'
import { ACCESS } from './errors.ts'
import { staffGrants, toGrant } from './stored-grants.ts'
import { hashToken, tokenKind } from './token.ts'

/** What a request brings to say who it is. */
export interface Claim {
  /** The token of `Authorization: Bearer …`; wins over the cookie. */
  readonly bearer?: string | undefined
  /** The token of the session cookie. */
  readonly cookie?: string | undefined
  /** The public id in the header Hilo-Device: the device for which an edge's key speaks. */
  readonly deviceId?: string | undefined
  readonly now: Date
}

type Tables = 'session' | 'staff' | 'staff_grant' | 'role' | 'api_key' | 'device'

const unauthenticated = () => COMMON.refuse('UNAUTHENTICATED', {})

const sessionRow = (db: Executor<Tables>, token: string, now: Date) =>
  db
    .selectFrom('session')
    .leftJoin('staff', (join) =>
      join
        .onRef('staff.id', '=', 'session.subject_id')
        .on('session.kind', '=', 'staff')
        .on('staff.disabled_at', 'is', null),
    )
    .leftJoin('device', (join) =>
      join
        .onRef('device.id', '=', 'session.subject_id')
        .on('session.kind', '=', 'device')
        .on('device.status', '=', 'ACTIVE'),
    )
    .select((eb) => [
      'session.id',
      'session.kind',
      'session.subject_id',
      'staff.permissions',
      'device.customer_id',
      jsonArrayFrom(
        eb
          .selectFrom('staff_grant')
          .innerJoin('role', 'role.id', 'staff_grant.role_id')
          .select(['role.permissions', 'staff_grant.channels', 'staff_grant.locations'])
          .whereRef('staff_grant.staff_id', '=', 'staff.id')
          .orderBy('staff_grant.id'),
      ).as('grants'),
    ])
    .where((eb) =>
      eb.or([
        eb.and([eb('session.token_hash', '=', hashToken(token)), eb('session.expires_at', '>', now)]),
        eb.and([
          eb('session.previous_token_hash', '=', hashToken(token)),
          eb('session.previous_until', '>', now),
        ]),
      ]),
    )
    .where('session.revoked_at', 'is', null)
    .executeTakeFirst()

const fromSession = async (db: Executor<Tables>, token: string, now: Date): Promise<Result<Actor>> => {
  const row = await sessionRow(db, token, now)
  if (row?.kind === 'customer') {
    return ok({ kind: 'customer', customerId: row.subject_id, sessionId: row.id })
  }
  if (row?.kind === 'staff' && row.permissions) {
    const grants = staffGrants(row.grants, row.permissions)
    return ok({ kind: 'staff', staffId: row.subject_id, sessionId: row.id, grants })
  }
  if (row?.kind === 'device' && row.customer_id) {
    return ok({ kind: 'device', deviceId: row.subject_id, customerId: row.customer_id })
  }
  return unauthenticated()
}

const keyRow = (
  db: Executor<Tables>,
  { token, deviceId, now }: { readonly token: string; readonly deviceId: Uuid | null; readonly now: Date },
) =>
  db
    .selectFrom('api_key')
    .leftJoin('device', (join) => join.on('device.id', '=', deviceId))
    .select([
      'api_key.id',
      'api_key.permissions',
      'api_key.channels',
      'api_key.locations',
      'api_key.last_used_at',
      'api_key.persisted_only',
      'device.status',
      'device.customer_id',
      'device.channel_id',
    ])
    .where((eb) =>
      eb.or([
        eb('api_key.key_hash', '=', hashToken(token)),
        eb.and([eb('api_key.previous_hash', '=', hashToken(token)), eb('api_key.previous_until', '>', now)]),
      ]),
    )
    .where('api_key.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('api_key.expires_at', 'is', null), eb('api_key.expires_at', '>', now)]))
    .executeTakeFirst()

const fromKey = async (
  db: Executor<Tables>,
  token: string,
  { deviceId: claimed, now }: Claim,
): Promise<Result<Actor>> => {
  const deviceId = claimed === undefined ? null : decodeId('device', claimed)
  const row = await keyRow(db, { token, deviceId: deviceId ?? null, now })
  if (!row) return unauthenticated()
  noteKeyUse(db, { id: row.id, lastUsedAt: row.last_used_at }, now)
  const bound = row.persisted_only ? { persistedOnly: true as const } : {}
  const app: Actor = { kind: 'app', keyId: row.id, grants: [toGrant(row)], ...bound }
  if (claimed === undefined) return ok(app)
  if (!may(app, 'edge')) return COMMON.refuse('FORBIDDEN', { permission: 'edge' })
  const shown = claimed.slice(0, 60)
  if (!deviceId) return COMMON.refuse('INVALID_ID', { kind: 'device', id: shown })
  if (!row.customer_id || !mayIn(app, 'edge', { channelId: row.channel_id })) {
    return COMMON.refuse('NOT_FOUND', { kind: 'device', id: shown })
  }
  if (row.status !== 'ACTIVE') return ACCESS.refuse('DEVICE_REVOKED', { device: shown })
  return ok({ kind: 'device', deviceId, customerId: row.customer_id, ...bound })
}

/**
 * Who asks, in one statement. Without a token: a guest. With one that is forged, expired or revoked: a refusal
 * (`UNAUTHENTICATED`), never a guest in silence. A key that may `edge` acts as the active device it names, in its
 * channels; refusals then are `FORBIDDEN`, `INVALID_ID`, `NOT_FOUND` and `DEVICE_REVOKED`.
 */
export const resolveActor = async (db: Executor<Tables>, claim: Claim): Promise<Result<Actor>> => {
  const token = claim.bearer ?? claim.cookie
  if (token === undefined) return claim.deviceId === undefined ? ok(GUEST) : unauthenticated()
  const kind = tokenKind(token)
  if (kind === 'apiKey') return fromKey(db, token, claim)
  if (kind === undefined || kind === 'credential') return unauthenticated()
  if (claim.deviceId !== undefined) return COMMON.refuse('FORBIDDEN', { permission: 'edge' })
  return fromSession(db, token, claim.now)
}
