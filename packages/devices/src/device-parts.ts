import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** What a place on a device is bound to: pressing its button or running low buys this. */
export interface SlotRow {
  readonly deviceId: Uuid
  readonly name: string
  readonly variantId: Uuid
  readonly quantity: number
}

/** The last value a device reported under a name. */
export interface ReadingRow {
  readonly deviceId: Uuid
  readonly name: string
  readonly value: number
  readonly unit: string | null
  readonly at: Date
}

/** The slots of devices, by name. */
export const slotsOf = async (db: Executor<'device_slot'>, deviceIds: readonly Uuid[]): Promise<SlotRow[]> =>
  db
    .selectFrom('device_slot')
    .select(['device_id as deviceId', 'name', 'variant_id as variantId', 'quantity'])
    .where('device_id', 'in', deviceIds)
    .orderBy('name')
    .execute()

/** The last readings of devices, by name. */
export const readingsOf = async (
  db: Executor<'device_reading'>,
  deviceIds: readonly Uuid[],
): Promise<ReadingRow[]> =>
  db
    .selectFrom('device_reading')
    .select(['device_id as deviceId', 'name', 'value', 'unit', 'at'])
    .where('device_id', 'in', deviceIds)
    .orderBy('name')
    .execute()
