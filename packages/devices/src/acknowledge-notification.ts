import { appendEvents, type Context } from '@hilo/db'
import { COMMON, decodeId, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { cancelOrder } from '@hilo/orders'
import { DEVICES } from './errors.ts'
import type { NotificationData } from './notification-message.ts'
import { notificationsByIds } from './notification-queries.ts'

/** Does what the action `cancel` means, as the customer, whose hand the device is. */
const cancelAs = (ctx: Context, customerId: Uuid, { orderId }: NotificationData) =>
  cancelOrder({ ...ctx, actor: { kind: 'customer', customerId } }, { orderId: decodeId('order', orderId)! })

/**
 * Notes that a message was seen, and does the action chosen: `cancel` cancels its order. The first answer counts: a
 * later one changes nothing. Refuses with `NOT_FOUND`, `UNKNOWN_ACTION` and as `cancelOrder` does.
 */
export const acknowledgeNotification = async (
  ctx: Context,
  { id, action }: { readonly id: Uuid; readonly action?: string | null },
): Promise<Result<{ readonly id: Uuid }>> => {
  const [seen] = await notificationsByIds(ctx.db, ctx.actor, [id])
  if (!seen) {
    return COMMON.refuse('NOT_FOUND', { kind: 'notification', id: encodeId('notification', id) }, ['id'])
  }
  const data = seen.data as NotificationData
  if (action && !data.actions.includes(action)) {
    return DEVICES.refuse('UNKNOWN_ACTION', { action: action.slice(0, 40), actions: data.actions }, [
      'action',
    ])
  }
  const noted = await ctx.db
    .updateTable('notification')
    .set({ acknowledged_at: ctx.now(), action: action ?? null })
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .returning((eb) => [
      'customer_id',
      'device_id',
      eb
        .selectFrom('device')
        .select('device.channel_id')
        .whereRef('device.id', '=', 'notification.device_id')
        .as('channel_id'),
    ])
    .executeTakeFirst()
  if (!noted) return ok({ id })
  const { customer_id: customerId, device_id: device } = noted
  const done = action === 'cancel' ? await cancelAs(ctx, customerId, data) : ok(undefined)
  if (!done.ok) return done
  await appendEvents(ctx, [
    {
      aggregate: 'notification',
      aggregateId: id,
      type: 'NotificationAcknowledged.v1',
      payload: { action: action ?? null },
      scope: { customer: customerId, device, ...(noted.channel_id && { channel: noted.channel_id }) },
      permission: 'edge',
    },
  ])
  return ok({ id })
}
