import { buildTopic, canBuildTopic, encode, type Attachment, type NotificationPayload } from '@hilo/protocol'
import { NOTIFICATION_CHANGED, type NotificationChange } from '../api/documents.ts'
import type { EdgeApi } from '../api/edge-api.ts'
import type { Stream } from './follow.ts'

interface NotificationOptions {
  readonly shop: string
  readonly attachment: Attachment
  readonly api: EdgeApi
  readonly now: () => number
}

type Action = NotificationPayload['actions'][number]

/** The actions of a notification's data: ids, or ids with a label. */
const actionsOf = (data: unknown): Action[] => {
  const { actions } = Object(data) as { actions?: unknown }
  if (!Array.isArray(actions)) return []
  return (actions as unknown[]).flatMap((action): Action[] => {
    if (typeof action === 'string') return [{ id: action, label: action }]
    const { id, label } = Object(action) as Partial<Action>
    return typeof id === 'string' ? [{ id, label: label ?? id }] : []
  })
}

/** Tells devices what their owner should know. */
export const notificationStream = ({
  shop,
  attachment,
  api,
  now,
}: NotificationOptions): Stream<NotificationChange> => ({
  name: 'notification',
  open: (given) => api.subscribe(NOTIFICATION_CHANGED, given),
  apply: async ({ notification }) => {
    if (!notification || notification.acknowledgedAt !== null) return
    const { id, kind, title, body, data, device, createdAt } = notification
    const expires = Date.parse(notification.expiresAt)
    const address = { kind: 'notification', shop, device: device.id, nid: id } as const
    if (expires <= now() || !canBuildTopic(address)) return
    const facts = typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : undefined
    const payload: NotificationPayload = {
      nid: id,
      kind,
      title,
      body,
      ts: Date.parse(createdAt),
      expires,
      actions: actionsOf(data),
      data: facts,
    }
    await attachment.publish(buildTopic(address), encode(payload), {
      qos: 1,
      retain: false,
      shared: true,
    })
  },
})
