import { containing, keyset, type Executor } from '@hilo/db'
import { currency, type Actor, type CursorKey, type Localized, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { visibleTo } from './device-scope.ts'
import type { DeviceKind, DeviceRow, DeviceState, DeviceStatus, DeviceTypeRow } from './device.ts'

type Tables = 'device' | 'device_type' | 'channel' | 'market'

const visible = (db: Executor<Tables>, actor: Actor) => db.selectFrom('device').where(visibleTo(actor))

const deviceRows = (db: Executor<Tables>, actor: Actor) =>
  visible(db, actor)
    .innerJoin('device_type', 'device_type.id', 'device.device_type_id')
    .innerJoin('channel', 'channel.id', 'device.channel_id')
    .innerJoin('market', 'market.id', 'channel.market_id')
    .select([
      'device.id',
      'device.name',
      'device.customer_id',
      'device.channel_id',
      'device.status',
      'device.state',
      'device.seen_at',
      'device.firmware',
      'device.test',
      'device.version',
      'device.created_at',
      'device.max_order_minor',
      'device.max_day_minor',
      'device.max_quantity',
      'device.cancel_window_minutes',
      'market.currency',
      'device_type.id as type_id',
      'device_type.code as type_code',
      'device_type.name as type_name',
      'device_type.kind as type_kind',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof deviceRows>['execute']>>[number]

const toDevice = (row: Row): DeviceRow => ({
  id: row.id,
  name: row.name,
  type: {
    id: row.type_id,
    code: row.type_code,
    name: row.type_name as Localized,
    kind: row.type_kind as DeviceKind,
  },
  ownerId: row.customer_id,
  channelId: row.channel_id,
  currency: currency(row.currency),
  status: row.status as DeviceStatus,
  state: row.state as DeviceState,
  seenAt: row.seen_at,
  firmware: row.firmware,
  test: row.test,
  version: row.version,
  createdAt: row.created_at,
  policy: {
    maxOrderMinor: row.max_order_minor,
    maxDayMinor: row.max_day_minor,
    maxQuantity: row.max_quantity,
    cancelWindowMinutes: row.cancel_window_minutes,
  },
})

/** The devices with these ids that the actor may see. */
export const devicesByIds = async (
  db: Executor<Tables>,
  actor: Actor,
  ids: readonly Uuid[],
): Promise<DeviceRow[]> => (await deviceRows(db, actor).where('device.id', 'in', ids).execute()).map(toDevice)

/** The devices of these customers that the actor may see, oldest first. */
export const devicesOfCustomers = async (
  db: Executor<Tables>,
  actor: Actor,
  customerIds: readonly Uuid[],
): Promise<DeviceRow[]> => {
  const rows = await deviceRows(db, actor)
    .where('device.customer_id', 'in', customerIds)
    .orderBy('device.id')
    .execute()
  return rows.map(toDevice)
}

const matches = (search: string) => sql<boolean>`device.name ilike ${containing(search)}`

/** A page of the devices the actor may see, newest first; the key is `[id]`. */
export const devicesPage = async (
  db: Executor<Tables>,
  actor: Actor,
  page: { readonly search?: string | null; readonly after: CursorKey | undefined; readonly limit: number },
): Promise<DeviceRow[]> => {
  const found = deviceRows(db, actor).$if(Boolean(page.search), (query) => query.where(matches(page.search!)))
  const { after, limit } = page
  const rows = await keyset(found, { columns: [['device.id', 'desc']], after, limit }).execute()
  return rows.map(toDevice)
}

/** How many devices the actor may see. */
export const countDevices = async (
  db: Executor<Tables>,
  actor: Actor,
  search?: string | null,
): Promise<number> => {
  const { count } = await visible(db, actor)
    .$if(Boolean(search), (query) => query.where(matches(search!)))
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

const toDeviceType = (row: { id: Uuid; code: string; name: unknown; kind: string }): DeviceTypeRow => ({
  id: row.id,
  code: row.code,
  name: row.name as Localized,
  kind: row.kind as DeviceKind,
})

/** Every model of device that the shop knows, by code. */
export const allDeviceTypes = async (db: Executor<'device_type'>): Promise<DeviceTypeRow[]> =>
  (await db.selectFrom('device_type').selectAll().orderBy('code').execute()).map(toDeviceType)

/** The device types with these ids. */
export const deviceTypesByIds = async (
  db: Executor<'device_type'>,
  ids: readonly Uuid[],
): Promise<DeviceTypeRow[]> =>
  (await db.selectFrom('device_type').selectAll().where('id', 'in', ids).execute()).map(toDeviceType)
