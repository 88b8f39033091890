import { appendEvents, type Context } from '@hilo/db'
import { encodeId, money, newId, type Locale, type Uuid } from '@hilo/kernel'
import type { DeviceKind } from './device.ts'
import { notificationMessage, type NotificationData, type NotificationKind } from './notification-message.ts'

/** The kinds of device that show or say a message. */
const TOLD: readonly DeviceKind[] = ['WEARABLE']

/** How long a message is worth showing: a week. */
const KEPT_MS = 7 * 24 * 3_600_000

/** The devices to be told of an order, with the order and the language of its customer. */
const recipients = ({ db }: Pick<Context, 'db'>, orderId: Uuid) =>
  db
    .selectFrom('order')
    .innerJoin('customer', 'customer.id', 'order.customer_id')
    .innerJoin('device', 'device.customer_id', 'customer.id')
    .innerJoin('device_type', 'device_type.id', 'device.device_type_id')
    .leftJoin('device as buyer', 'buyer.id', 'order.device_id')
    .select([
      'device.id as device_id',
      'device.channel_id',
      'customer.id as customer_id',
      'customer.locale',
      'buyer.name as bought_by',
      'order.number',
      'order.total_minor',
      'order.currency',
      'order.test',
      'order.placed_at',
      'order.cancel_by',
    ])
    .where('order.id', '=', orderId)
    .where('device.status', '=', 'ACTIVE')
    .where('device_type.kind', 'in', TOLD)
    .orderBy('device.id')
    .execute()

type Recipient = Awaited<ReturnType<typeof recipients>>[number]

const notificationOf = (
  row: Recipient,
  { kind, orderId, now }: { readonly kind: NotificationKind; readonly orderId: Uuid; readonly now: Date },
) => {
  const total = money(row.total_minor, row.currency)
  const cancelMinutes = Math.round((row.cancel_by.getTime() - row.placed_at.getTime()) / 60_000)
  const order = { number: row.number, total, test: row.test, boughtBy: row.bought_by, cancelMinutes }
  const data: NotificationData = {
    orderId: encodeId('order', orderId),
    number: row.number,
    total: { amountMinor: Number(row.total_minor), currency: row.currency },
    cancelBy: row.cancel_by.toISOString(),
    actions: kind === 'ORDER_PLACED' && row.cancel_by > now ? ['cancel'] : [],
  }
  return {
    id: newId(),
    customer_id: row.customer_id,
    device_id: row.device_id,
    kind,
    ...notificationMessage(kind, order, row.locale as Locale),
    data: JSON.stringify(data),
    created_at: now,
    expires_at: new Date(now.getTime() + KEPT_MS),
  }
}

/** Tells every wearable of an order's customer what became of it; an order of a guest tells nobody. */
export const notifyOfOrder = async (
  ctx: Context,
  { kind, orderId }: { readonly kind: NotificationKind; readonly orderId: Uuid },
): Promise<void> => {
  const now = ctx.now()
  const told = await recipients(ctx, orderId)
  const notifications = told.map((row) => notificationOf(row, { kind, orderId, now }))
  if (notifications.length === 0) return
  await ctx.db.insertInto('notification').values(notifications).execute()
  await appendEvents(
    ctx,
    notifications.map(({ id, customer_id: customer, device_id: device }, index) => ({
      aggregate: 'notification',
      aggregateId: id,
      type: 'NotificationCreated.v1',
      payload: { kind, deviceId: device },
      scope: { customer, device, channel: told[index]!.channel_id },
      permission: 'edge',
    })),
  )
}
