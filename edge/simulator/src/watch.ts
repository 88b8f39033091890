import { decode, notification, type NotificationPayload } from '@hilo/protocol'
import { connectDevice, type DeviceOptions } from './device.ts'
import { createQueue } from './queue.ts'

/** A connected watch. */
export interface Watch {
  /** Resolves with the next notification it has not shown yet. */
  readonly next: () => Promise<NotificationPayload>
  /** Says that a notification was seen, or answers it with one of its actions. */
  readonly answer: (nid: string, action?: string) => Promise<void>
  readonly close: () => Promise<void>
}

/** Connects a watch: it shows what its owner should know. */
export const watch = async (options: DeviceOptions): Promise<Watch> => {
  const { shop, deviceId, log } = options
  const device = await connectDevice(options)
  const notifications = createQueue<NotificationPayload>()
  await device.listen(`hilo/v1/${shop}/${deviceId}/notification/+`, (payload) => {
    const told = decode(notification, payload)
    if (!told.ok) return
    log.info({ device: deviceId, title: told.value.title, body: told.value.body }, 'notification')
    notifications.add(told.value)
  })
  return {
    next: notifications.next,
    answer: (nid, action) => device.tell({ kind: 'acknowledgement', nid }, { action }),
    close: device.close,
  }
}
