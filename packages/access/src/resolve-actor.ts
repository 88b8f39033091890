import type { Executor } from '@hilo/db'
import { COMMON, decodeId, GUEST, ok, type Actor, type Result, type Uuid } from '@hilo/kernel'
import { ACCESS } from './errors.ts'
import { knownPermissions } from './staff-queries.ts'
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

type Tables = 'session' | 'staff' | 'api_key' | 'device'

/** How often the last use of a key is written down, so that a busy key is not one write for each request. */
const USE_WRITTEN_EVERY_MS = 60_000

const unauthenticated = () => COMMON.refuse('UNAUTHENTICATED', {})

const fromSession = async (db: Executor<Tables>, token: string, now: Date): Promise<Result<Actor>> => {
  const row = await db
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
    .select(['session.id', 'session.kind', 'session.subject_id', 'staff.permissions', 'device.customer_id'])
    .where('session.token_hash', '=', hashToken(token))
    .where('session.revoked_at', 'is', null)
    .where('session.expires_at', '>', now)
    .executeTakeFirst()
  if (row?.kind === 'customer') {
    return ok({ kind: 'customer', customerId: row.subject_id, sessionId: row.id })
  }
  if (row?.kind === 'staff' && row.permissions) {
    const permissions = new Set(knownPermissions(row.permissions))
    return ok({ kind: 'staff', staffId: row.subject_id, sessionId: row.id, permissions })
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
    .with('key', (cte) =>
      cte
        .selectFrom('api_key')
        .select(['id', 'permissions'])
        .where('key_hash', '=', hashToken(token))
        .where('revoked_at', 'is', null)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)])),
    )
    .with('used', (cte) =>
      cte
        .updateTable('api_key')
        .from('key')
        .set({ last_used_at: now })
        .whereRef('api_key.id', '=', 'key.id')
        .where((eb) =>
          eb.or([
            eb('api_key.last_used_at', 'is', null),
            eb('api_key.last_used_at', '<', new Date(now.getTime() - USE_WRITTEN_EVERY_MS)),
          ]),
        ),
    )
    .selectFrom('key')
    .leftJoin('device', (join) => join.on('device.id', '=', deviceId))
    .select(['key.id', 'key.permissions', 'device.status', 'device.customer_id'])
    .executeTakeFirst()

const fromKey = async (
  db: Executor<Tables>,
  token: string,
  { deviceId: claimed, now }: Claim,
): Promise<Result<Actor>> => {
  const deviceId = claimed === undefined ? null : decodeId('device', claimed)
  const row = await keyRow(db, { token, deviceId: deviceId ?? null, now })
  if (!row) return unauthenticated()
  const permissions = new Set(knownPermissions(row.permissions))
  if (claimed === undefined) return ok({ kind: 'app', keyId: row.id, permissions })
  if (!permissions.has('edge')) return COMMON.refuse('FORBIDDEN', { permission: 'edge' })
  const shown = claimed.slice(0, 60)
  if (!deviceId) return COMMON.refuse('INVALID_ID', { kind: 'device', id: shown })
  if (!row.customer_id) return COMMON.refuse('NOT_FOUND', { kind: 'device', id: shown })
  if (row.status !== 'ACTIVE') return ACCESS.refuse('DEVICE_REVOKED', { device: shown })
  return ok({ kind: 'device', deviceId, customerId: row.customer_id })
}

/**
 * Who asks, in one statement. Without a token: a guest. With one that is forged, expired or revoked: a refusal
 * (`UNAUTHENTICATED`), never a guest in silence. A key that may `edge` acts as the active device it names; refusals then
 * are `FORBIDDEN`, `INVALID_ID`, `NOT_FOUND` and `DEVICE_REVOKED`.
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
