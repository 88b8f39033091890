import { channel } from '@hilo/channels/graphql'
import { customer } from '@hilo/customers/graphql'
import { builder, pageArgs } from '@hilo/graphql'
import { order, OrderConnection, resolveOrders } from '@hilo/orders/graphql'
import { DEVICE_STATES, DEVICE_STATUSES } from '../device.ts'
import { DevicePolicyType, DeviceReadingType, DeviceSlotType } from './device-parts.ts'
import { device, devicesOf, deviceType, readingsOfDevice, slotsOfDevice } from './nodes.ts'

const DeviceStatusEnum = builder.enumType('DeviceStatus', {
  description: 'Whether a device may act. Revoked is for ever.',
  values: DEVICE_STATUSES,
})

export const DeviceStateEnum = builder.enumType('DeviceState', {
  description: 'How reachable a device last said it is.',
  values: DEVICE_STATES,
})

builder.node(device.ref, {
  ...device.options,
  description:
    "A thing that acts as its owner's hand: it asks prices, buys within its policy, and is told what happened.",
  fields: (t) => ({
    name: t.exposeString('name'),
    type: t.field({ type: deviceType.ref, resolve: ({ type }) => type }),
    owner: t.field({
      type: customer.ref,
      nullable: true,
      description: 'Whose it is; null for those who may not see customers.',
      resolve: ({ ownerId }, _args, ctx) => customer.byId(ctx, ownerId),
    }),
    channel: t.field({
      type: channel.ref,
      description: 'Where it buys, whatever channel its request came by.',
      resolve: async ({ channelId }, _args, ctx) => (await channel.byId(ctx, channelId))!,
    }),
    status: t.field({ type: DeviceStatusEnum, resolve: ({ status }) => status }),
    state: t.field({ type: DeviceStateEnum, resolve: ({ state }) => state }),
    seenAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ seenAt }) => seenAt }),
    firmware: t.exposeString('firmware', { nullable: true }),
    test: t.exposeBoolean('test', { description: 'True while all it buys is only a test.' }),
    version: t.exposeInt('version'),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdAt }) => createdAt }),
    policy: t.field({ type: DevicePolicyType, resolve: (row) => row }),
    slots: t.field({
      type: [DeviceSlotType],
      description: 'Its slots, by name.',
      resolve: ({ id }, _args, ctx) => slotsOfDevice(ctx, id),
    }),
    readings: t.field({
      type: [DeviceReadingType],
      description: 'The last value of each thing it measures, by name.',
      resolve: ({ id }, _args, ctx) => readingsOfDevice(ctx, id),
    }),
  }),
})

builder.objectField(customer.ref, 'devices', (t) =>
  t.field({
    type: [device.ref],
    description: 'Their devices, oldest first, as far as you may see them.',
    resolve: ({ id }, _args, ctx) => devicesOf(ctx, id),
  }),
)

builder.objectField(device.ref, 'orders', (t) =>
  t.field({
    type: OrderConnection,
    description: 'What it has ordered, the newest first, as far as you may see orders.',
    args: pageArgs(t.arg),
    resolve: resolveOrders('device_id'),
  }),
)

builder.objectField(order.ref, 'device', (t) =>
  t.field({
    type: device.ref,
    nullable: true,
    description: 'What placed it; null when no device did, or for those who may not see it.',
    resolve: ({ deviceId }, _args, ctx) => (deviceId ? device.byId(ctx, deviceId) : null),
  }),
)
