import {
  builder,
  connectionType,
  defineMutation,
  keysetConnection,
  loadOne,
  loadPages,
  pageArgs,
  readId,
} from '@hilo/graphql'
import { acknowledgeNotification } from '../acknowledge-notification.ts'
import { countNotifications, notificationLists } from '../notification-queries.ts'
import { device, notification } from './nodes.ts'

builder.node(notification.ref, {
  ...notification.options,
  description: 'A message to a device of a customer.',
  fields: (t) => ({
    device: t.field({
      type: device.ref,
      resolve: async ({ deviceId }, _args, ctx) => (await device.byId(ctx, deviceId))!,
    }),
    kind: t.exposeString('kind', {
      description: 'What it tells of: ORDER_PLACED, ORDER_CANCELLED, ORDER_FULFILLED.',
    }),
    title: t.exposeString('title', { description: "In the customer's language." }),
    body: t.exposeString('body'),
    data: t.field({
      type: 'JSON',
      description:
        'Facts for programs: orderId, number, total, cancelBy, and the actions it can be answered with.',
      resolve: ({ data }) => data,
    }),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    expiresAt: t.field({ type: 'DateTime', resolve: ({ expiresAt }) => expiresAt }),
    acknowledgedAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ acknowledgedAt }) => acknowledgedAt,
    }),
    action: t.exposeString('action', { nullable: true, description: 'What it was answered with.' }),
  }),
})

const pages = loadPages(
  ({ db, actor }, { ownerIds, ...page }) => notificationLists(db, actor, { deviceIds: ownerIds, ...page }),
  ({ deviceId }) => deviceId,
)

const counts = loadOne(
  ({ db, actor }, deviceIds) => countNotifications(db, actor, deviceIds),
  ({ deviceId }) => deviceId,
)

const NotificationConnection = connectionType(notification.ref, 'Notification')

builder.objectField(device.ref, 'notifications', (t) =>
  t.field({
    type: NotificationConnection,
    description: 'What it was told, newest first.',
    args: pageArgs(t.arg),
    resolve: ({ id: deviceId }, args, ctx) =>
      keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => pages(ctx, deviceId, page),
        keyOf: ({ createdAt, id }) => [createdAt.toISOString(), id],
        count: async () => (await counts(ctx, deviceId))?.count ?? 0,
      }),
  }),
)

defineMutation('notificationAcknowledge', {
  description:
    'Notes that a message was seen, and does the action chosen of those it offers: `cancel` cancels its order. The first answer counts.',
  access: { owner: true },
  input: (t) => ({ id: t.id({ required: true }), action: t.string() }),
  run: async (ctx, { id, action }) => {
    const notificationId = readId('notification', id, ['id'])
    return notificationId.ok
      ? acknowledgeNotification(ctx, { id: notificationId.value, action })
      : notificationId
  },
  payload: (t) => ({
    notification: t.field({
      type: notification.ref,
      nullable: true,
      resolve: ({ value }, _args, ctx) => value && notification.byId(ctx, value.id),
    }),
  }),
})
