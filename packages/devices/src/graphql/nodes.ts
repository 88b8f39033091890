import { defineNode, loadMany } from '@hilo/graphql'
import { readingsOf, slotsOf } from '../device-parts.ts'
import { devicesByIds, devicesOfCustomers, deviceTypesByIds } from '../device-queries.ts'
import { notificationsByIds } from '../notification-queries.ts'

export const device = defineNode('Device', ({ db, actor }, ids) => devicesByIds(db, actor, ids))

export const deviceType = defineNode('DeviceType', ({ db }, ids) => deviceTypesByIds(db, ids))

export const notification = defineNode('Notification', ({ db, actor }, ids) =>
  notificationsByIds(db, actor, ids),
)

export const devicesOf = loadMany(
  ({ db, actor }, customerIds) => devicesOfCustomers(db, actor, customerIds),
  ({ ownerId }) => ownerId,
)

export const slotsOfDevice = loadMany(
  ({ db }, deviceIds) => slotsOf(db, deviceIds),
  ({ deviceId }) => deviceId,
)

export const readingsOfDevice = loadMany(
  ({ db }, deviceIds) => readingsOf(db, deviceIds),
  ({ deviceId }) => deviceId,
)
