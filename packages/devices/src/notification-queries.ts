import { keyset, type Executor } from '@hilo/db'
import { reachOf, type Actor, type CursorKey, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { visibleTo } from './device-scope.ts'

/** A message to a device of a customer. */
export interface NotificationRow {
  readonly id: Uuid
  readonly deviceId: Uuid
  readonly kind: string
  readonly title: string
  readonly body: string
  readonly data: unknown
  readonly createdAt: Date
  readonly expiresAt: Date
  readonly acknowledgedAt: Date | null
  readonly action: string | null
}

/** Notifications the actor may see: those to devices it may see, a device its own, a customer theirs. */
const visible = (db: Executor<'notification'>, actor: Actor) => {
  const rows = db.selectFrom('notification')
  if (actor.kind === 'device') return rows.where('device_id', '=', actor.deviceId)
  if (actor.kind === 'customer') return rows.where('customer_id', '=', actor.customerId)
  if (reachOf(actor, 'devices:read') === 'all' || reachOf(actor, 'edge') === 'all') return rows
  return rows.where(
    sql<boolean>`exists (select from device where device.id = notification.device_id and ${visibleTo(actor)})`,
  )
}

const notificationRows = (db: Executor<'notification'>, actor: Actor) =>
  visible(db, actor).select([
    'id',
    'device_id as deviceId',
    'kind',
    'title',
    'body',
    'data',
    'created_at as createdAt',
    'expires_at as expiresAt',
    'acknowledged_at as acknowledgedAt',
    'action',
  ])

/** The notifications with these ids that the actor may see. */
export const notificationsByIds = (
  db: Executor<'notification'>,
  actor: Actor,
  ids: readonly Uuid[],
): Promise<NotificationRow[]> => notificationRows(db, actor).where('id', 'in', ids).execute()

/** The same page of what each of several devices was told, newest first, as far as the actor may see it. */
export const notificationLists = async (
  db: Executor<'notification'>,
  actor: Actor,
  page: {
    readonly deviceIds: readonly Uuid[]
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<NotificationRow[]> => {
  const list = keyset(
    notificationRows(db, actor).whereRef('notification.device_id', '=', sql.ref('owner.id')),
    {
      columns: [
        ['notification.created_at', 'desc'],
        ['notification.id', 'desc'],
      ],
      after: page.after,
      limit: page.limit,
    },
  )
  return db
    .selectFrom(sql<{ id: Uuid }>`unnest(${page.deviceIds}::uuid[])`.as<'owner'>(sql`owner (id)`))
    .innerJoinLateral(list.as('list'), (join) => join.onTrue())
    .selectAll('list')
    .orderBy('list.createdAt', 'desc')
    .orderBy('list.id', 'desc')
    .execute()
}

/** How often each of several devices was told something, as far as the actor may see it; none is absent. */
export const countNotifications = async (
  db: Executor<'notification'>,
  actor: Actor,
  deviceIds: readonly Uuid[],
): Promise<{ readonly deviceId: Uuid; readonly count: number }[]> => {
  const rows = await visible(db, actor)
    .where('device_id', 'in', deviceIds)
    .select((eb) => ['device_id as deviceId', eb.fn.countAll<bigint>().as('count')])
    .groupBy('device_id')
    .execute()
  return rows.map(({ deviceId, count }) => ({ deviceId, count: Number(count) }))
}
