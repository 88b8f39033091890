import type { StoredEvent } from '@hilo/db'
import { builder, defineSubscription } from '@hilo/graphql'
import { device, notification } from './nodes.ts'

const DeviceChange = builder.objectRef<StoredEvent>('DeviceChange').implement({
  description: 'A device was made, changed or revoked, or says another state than before.',
  fields: (t) => ({
    eventId: t.id({
      description: 'Pass it as `after` to go on from here.',
      resolve: ({ position }) => position,
    }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    type: t.exposeString('type', {
      description:
        'DeviceCreated.v1, DeviceUpdated.v1, DeviceStateChanged.v1; after DeviceCredentialRotated.v1 and DeviceRevoked.v1 a broker ends its connection.',
    }),
    device: t.field({
      type: device.ref,
      nullable: true,
      resolve: ({ aggregateId }, _args, ctx) => device.byId(ctx, aggregateId),
    }),
  }),
})

defineSubscription('deviceChanged', {
  description: 'Changes of devices: all with devices:read, a customer their own, a device its own.',
  type: DeviceChange,
  access: { owner: true, permission: 'devices:read' },
  events: [
    'DeviceCreated.v1',
    'DeviceUpdated.v1',
    'DeviceCredentialRotated.v1',
    'DeviceRevoked.v1',
    'DeviceStateChanged.v1',
  ],
  resolve: (event) => event,
})

const NotificationChange = builder.objectRef<StoredEvent>('NotificationChange').implement({
  description: 'A new message to a device.',
  fields: (t) => ({
    eventId: t.id({
      description: 'Pass it as `after` to go on from here.',
      resolve: ({ position }) => position,
    }),
    at: t.field({ type: 'DateTime', resolve: ({ at }) => at }),
    notification: t.field({
      type: notification.ref,
      nullable: true,
      resolve: ({ aggregateId }, _args, ctx) => notification.byId(ctx, aggregateId),
    }),
  }),
})

defineSubscription('notificationChanged', {
  description: 'New messages: the edge hears all, a customer those to their devices, a device its own.',
  type: NotificationChange,
  access: { owner: true, permission: 'edge' },
  events: ['NotificationCreated.v1'],
  resolve: (event) => event,
})
