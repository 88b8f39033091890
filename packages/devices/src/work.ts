import { runConsumer, type EventFeed, type FullExecutor } from '@hilo/db'
import type { Clock } from '@hilo/kernel'
import { orderEventContext } from './order-event-context.ts'
import { NOTIFICATION_KINDS, type NotificationKind } from './notification-message.ts'
import { notifyOfOrder } from './notify.ts'
import { unspend } from './spend.ts'

/** What the worker of devices needs. */
export interface DeviceWork {
  readonly db: FullExecutor
  readonly feed: EventFeed
  readonly clock: Clock
  readonly logger: { readonly error: (facts: object, message: string) => void }
  readonly signal: AbortSignal
}

const kindOf = (type: string): NotificationKind | undefined =>
  (NOTIFICATION_KINDS as Readonly<Record<string, NotificationKind>>)[type]

/** Tells the wearables of a customer what becomes of their orders, once each; runs until the signal. */
export const startNotifications = ({ db, feed, clock, logger, signal }: DeviceWork): Promise<void> =>
  runConsumer({
    db,
    feed,
    signal,
    name: 'notifications',
    types: Object.keys(NOTIFICATION_KINDS),
    handle: async (tx, event) => {
      const kind = kindOf(event.type)
      if (!kind || !event.scope.customer) return
      await notifyOfOrder(await orderEventContext(tx, event, clock), { kind, orderId: event.aggregateId })
    },
    onError: (err, event) => logger.error({ err, event: event?.position }, 'a notification has to wait'),
  })

/** Gives a device back what an order cost when it is cancelled by anybody, once; runs until the signal. */
export const startSpendReturns = ({ db, feed, logger, signal }: DeviceWork): Promise<void> =>
  runConsumer({
    db,
    feed,
    signal,
    name: 'device-spend',
    types: ['OrderCancelled.v1'],
    handle: async (tx, event) => {
      if (!event.scope.device) return
      const order = await tx
        .selectFrom('order')
        .select(['device_id', 'placed_at', 'total_minor', 'test'])
        .where('id', '=', event.aggregateId)
        .executeTakeFirst()
      if (!order?.device_id || order.test) return
      const { device_id: deviceId, placed_at: at, total_minor: amountMinor } = order
      await unspend(tx, { deviceId, at, amountMinor })
    },
    onError: (err, event) => logger.error({ err, event: event?.position }, 'a spending limit has to wait'),
  })
