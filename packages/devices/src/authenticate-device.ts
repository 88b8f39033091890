import { timingSafeEqual } from 'node:crypto'
import { ACCESS, countTry, forgetOldTries, hashToken } from '@hilo/access'
import { type Context, within } from '@hilo/db'
import { COMMON, encodeId, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'

/** Wrong credentials that are answered with their reason within 15 minutes. */
const TRIES = 5

const NOBODY = Buffer.alloc(32)

/**
 * Checks a device's credential for a broker, in the channels where it may be the edge. Refuses with `UNAUTHENTICATED`
 * (unknown device and wrong credential alike),
 * after five of them with `RATE_LIMITED`, and with `DEVICE_REVOKED`. The right credential is never throttled: nobody
 * guesses 256 bits, but anybody could lock out a device whose id they know. Runs outside a transaction.
 */
export const authenticateDevice = async (
  { db, now, actor }: Pick<Context, 'db' | 'now' | 'actor'>,
  { deviceId, password }: { readonly deviceId: Uuid; readonly password: string },
): Promise<Result<{ readonly id: Uuid }>> => {
  const device = await db
    .selectFrom('device')
    .select(['credential_hash', 'status'])
    .where('id', '=', deviceId)
    .where(within(reachOf(actor, 'edge'), 'device.channel_id'))
    .executeTakeFirst()
  const isRight = timingSafeEqual(device?.credential_hash ?? NOBODY, hashToken(password))
  if (!device || !isRight) {
    await forgetOldTries(db, now())
    const counted = await countTry(db, { key: hashToken(`device account ${deviceId}`), limit: TRIES }, now())
    return counted.ok ? COMMON.refuse('UNAUTHENTICATED', {}, ['password']) : counted
  }
  return device.status === 'ACTIVE'
    ? ok({ id: deviceId })
    : ACCESS.refuse('DEVICE_REVOKED', { device: encodeId('device', deviceId) }, ['deviceId'])
}
