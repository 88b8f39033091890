import { readName } from '@hilo/access'
import { appendEvents, type Context } from '@hilo/db'
import { COMMON, ok, type Result, type Uuid } from '@hilo/kernel'
import type { DeviceState } from './device.ts'
import { DEVICES } from './errors.ts'

/** More values than any device reports; a bound on what one can store. */
export const MAX_READINGS = 100

/** The device that asks, or `FORBIDDEN` for everybody else. */
export const asDevice = ({
  actor,
}: Context): Result<{ readonly deviceId: Uuid; readonly customerId: Uuid }> =>
  actor.kind === 'device' ? ok(actor) : COMMON.refuse('FORBIDDEN', { permission: 'device' })

/** A device's own time, never in the future: a clock that runs ahead must not make later reports look late. */
const timeOf = (at: Date | null | undefined, now: Date): Date => (at && at < now ? at : now)

/**
 * Keeps what a device says about itself, unless it has said something newer already. Appends `DeviceStateChanged.v1`
 * only when the state or the firmware is another one. Refuses with `NAME_INVALID`.
 */
export const reportState = async (
  ctx: Context,
  input: { readonly state: DeviceState; readonly firmware?: string | null; readonly at?: Date | null },
): Promise<Result<{ readonly id: Uuid }>> => {
  const self = asDevice(ctx)
  if (!self.ok) return self
  const firmware = input.firmware ? readName(input.firmware, ['firmware']) : ok(null)
  if (!firmware.ok) return firmware
  const { deviceId: id, customerId } = self.value
  const at = timeOf(input.at, ctx.now())
  const before = await ctx.db
    .updateTable('device')
    .from((eb) =>
      eb
        .selectFrom('device as locked')
        .select(['locked.id', 'locked.state', 'locked.firmware'])
        .where('locked.id', '=', id)
        .forNoKeyUpdate()
        .as('before'),
    )
    .set((eb) => ({
      state: input.state,
      firmware: firmware.value ?? eb.ref('device.firmware'),
      seen_at: at,
    }))
    .whereRef('device.id', '=', 'before.id')
    .where((eb) => eb.or([eb('device.seen_at', 'is', null), eb('device.seen_at', '<=', at)]))
    .returning(['before.state', 'before.firmware', 'device.channel_id'])
    .executeTakeFirst()
  const isOther =
    before &&
    (before.state !== input.state || (firmware.value !== null && before.firmware !== firmware.value))
  if (isOther) {
    await appendEvents(ctx, [
      {
        aggregate: 'device',
        aggregateId: id,
        type: 'DeviceStateChanged.v1',
        payload: { state: input.state },
        scope: { customer: customerId, device: id, channel: before.channel_id },
        permission: 'devices:read',
      },
    ])
  }
  return ok({ id })
}

/**
 * Keeps the newest value a device reports under a name; an older one that comes late changes nothing. Refuses with
 * `READING_NAME_INVALID`, `TOO_MANY_READINGS`, `NAME_INVALID` (unit).
 */
export const reportReading = async (
  ctx: Context,
  input: {
    readonly name: string
    readonly value: number
    readonly unit?: string | null
    readonly at?: Date | null
  },
): Promise<Result<{ readonly id: Uuid }>> => {
  const self = asDevice(ctx)
  if (!self.ok) return self
  const { deviceId: id } = self.value
  const { name, value } = input
  if (!/^[\w.-]{1,40}$/.test(name)) {
    return DEVICES.refuse('READING_NAME_INVALID', { name: name.slice(0, 60) }, ['name'])
  }
  const unit = input.unit ? readName(input.unit, ['unit']) : ok(null)
  if (!unit.ok) return unit
  const others = await ctx.db
    .selectFrom('device_reading')
    .select('name')
    .where('device_id', '=', id)
    .where('name', '!=', name)
    .execute()
  if (others.length >= MAX_READINGS) {
    return DEVICES.refuse('TOO_MANY_READINGS', { max: MAX_READINGS }, ['name'])
  }
  const reading = { value, unit: unit.value, at: timeOf(input.at, ctx.now()) }
  await ctx.db
    .insertInto('device_reading')
    .values({ device_id: id, name, ...reading })
    .onConflict((conflict) =>
      conflict
        .columns(['device_id', 'name'])
        .doUpdateSet(reading)
        .whereRef('device_reading.at', '<=', 'excluded.at'),
    )
    .execute()
  return ok({ id })
}
