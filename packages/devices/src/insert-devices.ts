import { hashToken } from '@hilo/access'
import { appendEvents, type Context } from '@hilo/db'
import { newId, type Localized, type Uuid } from '@hilo/kernel'
import type { DeviceKind, DevicePolicy } from './device.ts'

/** Stores models of device, skipping codes there already, and gives the ids by code; for seeds and tests. */
export const insertDeviceTypes = async (
  { db }: Pick<Context, 'db'>,
  types: readonly { readonly code: string; readonly name: Localized; readonly kind: DeviceKind }[],
): Promise<ReadonlyMap<string, Uuid>> => {
  const rows = types.map(({ code, name, kind }) => ({ id: newId(), code, name: JSON.stringify(name), kind }))
  await db
    .insertInto('device_type')
    .values(rows)
    .onConflict((conflict) => conflict.column('code').doNothing())
    .execute()
  const codes = types.map(({ code }) => code)
  const stored = await db
    .selectFrom('device_type')
    .select(['id', 'code'])
    .where('code', 'in', codes)
    .execute()
  return new Map(stored.map(({ id, code }) => [code, id]))
}

/** A device of a seed: everything is known already, its credential too. */
export interface SeedDevice {
  readonly typeId: Uuid
  readonly name: string
  readonly ownerId: Uuid
  readonly channelId: Uuid
  /** As `newToken('credential')` of access makes it. */
  readonly credential: string
  readonly policy?: Partial<DevicePolicy>
  readonly test?: boolean
  readonly slots?: readonly { readonly name: string; readonly variantId: Uuid; readonly quantity: number }[]
}

/**
 * Stores devices with their slots and events in three statements, at most 1,000 at once; returns their ids in order.
 * Call it inside `command()`. The caller has checked what people typed.
 */
export const insertDevices = async (ctx: Context, devices: readonly SeedDevice[]): Promise<Uuid[]> => {
  if (devices.length === 0) return []
  const identified = devices.map((device) => ({ ...device, id: newId() }))
  await ctx.db
    .insertInto('device')
    .values(
      identified.map(({ policy = {}, ...device }) => ({
        id: device.id,
        device_type_id: device.typeId,
        name: device.name,
        customer_id: device.ownerId,
        channel_id: device.channelId,
        credential_hash: hashToken(device.credential),
        max_order_minor: policy.maxOrderMinor ?? null,
        max_day_minor: policy.maxDayMinor ?? null,
        max_quantity: policy.maxQuantity ?? 10,
        cancel_window_minutes: policy.cancelWindowMinutes ?? 1_440,
        test: device.test ?? false,
        created_at: ctx.now(),
      })),
    )
    .execute()
  const slots = identified.flatMap(({ id, slots = [] }) =>
    slots.map(({ name, variantId, quantity }) => ({ device_id: id, name, variant_id: variantId, quantity })),
  )
  if (slots.length > 0) await ctx.db.insertInto('device_slot').values(slots).execute()
  await appendEvents(
    ctx,
    identified.map(({ id, ownerId, channelId }) => ({
      aggregate: 'device',
      aggregateId: id,
      type: 'DeviceCreated.v1',
      payload: { version: 1 },
      scope: { customer: ownerId, device: id, channel: channelId },
      permission: 'devices:read',
    })),
  )
  return identified.map(({ id }) => id)
}
