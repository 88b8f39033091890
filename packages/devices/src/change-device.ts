import { ACCESS } from '@hilo/access'
import { appendEvents, type Context, type DB, type Executor } from '@hilo/db'
import { COMMON, encodeId, ok, type CurrencyCode, type Result, type Uuid } from '@hilo/kernel'
import type { Updateable } from 'kysely'
import { changeableBy } from './device-scope.ts'

/** A device that was locked for a change by somebody who may make it. */
export interface LockedDevice {
  readonly id: Uuid
  readonly ownerId: Uuid
  readonly channelId: Uuid
  readonly version: number
  readonly currency: CurrencyCode
}

/** The refusal for a device that is not there, or not the actor's. */
const noDevice = (id: Uuid) =>
  COMMON.refuse('NOT_FOUND', { kind: 'device', id: encodeId('device', id) }, ['id'])

const lockDevice = async (ctx: Context, id: Uuid): Promise<Result<LockedDevice>> => {
  const db: Executor<'device' | 'channel' | 'market'> = ctx.db
  const row = await db
    .selectFrom('device')
    .where(changeableBy(ctx.actor))
    .innerJoin('channel', 'channel.id', 'device.channel_id')
    .innerJoin('market', 'market.id', 'channel.market_id')
    .select([
      'device.id',
      'device.customer_id',
      'device.channel_id',
      'device.version',
      'device.status',
      'market.currency',
    ])
    .where('device.id', '=', id)
    .forNoKeyUpdate('device')
    .executeTakeFirst()
  if (!row) return noDevice(id)
  if (row.status === 'REVOKED') {
    return ACCESS.refuse('DEVICE_REVOKED', { device: encodeId('device', id) }, ['id'])
  }
  const { customer_id: ownerId, channel_id: channelId, version } = row
  return ok({ id, ownerId, channelId, version, currency: row.currency as CurrencyCode })
}

/** Which device to change, and at which version the caller saw it. */
export interface DeviceChange {
  readonly id: Uuid
  readonly ifVersion?: number | null
  /** The event of the change; `DeviceUpdated.v1` when not said. */
  readonly event?: 'DeviceUpdated.v1' | 'DeviceCredentialRotated.v1' | 'DeviceRevoked.v1'
}

/**
 * Changes a device with everything every change needs: scope, lock, version and event. `apply` may change rows that
 * belong to it and gives the columns of its own that change. Refuses with `NOT_FOUND`, `DEVICE_REVOKED`,
 * `VERSION_CONFLICT` and what `apply` refuses.
 */
export const changeDevice = async (
  ctx: Context,
  change: DeviceChange,
  apply: (device: LockedDevice) => Promise<Result<Updateable<DB['device']>>>,
): Promise<Result<{ readonly id: Uuid }>> => {
  const device = await lockDevice(ctx, change.id)
  if (!device.ok) return device
  const { id, version, ownerId, channelId } = device.value
  if (typeof change.ifVersion === 'number' && change.ifVersion !== version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: version }, ['ifVersion'])
  }
  const changed = await apply(device.value)
  if (!changed.ok) return changed
  await ctx.db
    .updateTable('device')
    .set({ ...changed.value, version: version + 1 })
    .where('id', '=', id)
    .execute()
  await appendEvents(ctx, [
    {
      aggregate: 'device',
      aggregateId: id,
      type: change.event ?? 'DeviceUpdated.v1',
      payload: { version: version + 1 },
      scope: { customer: ownerId, device: id, channel: channelId },
      permission: 'devices:read',
    },
  ])
  return ok({ id })
}
