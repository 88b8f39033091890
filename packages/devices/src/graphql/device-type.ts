import { builder } from '@hilo/graphql'
import { localize } from '@hilo/kernel'
import { DEVICE_KINDS } from '../device.ts'
import { allDeviceTypes } from '../device-queries.ts'
import { deviceType } from './nodes.ts'

const DeviceKindEnum = builder.enumType('DeviceKind', {
  description: 'What a device can be.',
  values: DEVICE_KINDS,
})

builder.node(deviceType.ref, {
  ...deviceType.options,
  description: 'A model of device that the shop knows.',
  fields: (t) => ({
    code: t.exposeString('code'),
    name: t.string({ resolve: ({ name }, _args, ctx) => localize(name, ctx) }),
    kind: t.field({ type: DeviceKindEnum, resolve: ({ kind }) => kind }),
  }),
})

builder.queryField('deviceTypes', (t) =>
  t.field({
    type: [deviceType.ref],
    description: 'Every model of device that the shop knows, by code.',
    authScopes: { anyone: true },
    resolve: (_root, _args, { db }) => allDeviceTypes(db),
  }),
)
