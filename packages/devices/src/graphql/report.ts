import { defineMutation, readId } from '@hilo/graphql'
import { authenticateDevice } from '../authenticate-device.ts'
import { reportReading, reportState } from '../report.ts'
import { changedDevice } from './device-mutations.ts'
import { DeviceStateEnum } from './device.ts'

defineMutation('deviceAuthenticate', {
  description:
    'Checks the credential of a device for a broker. Refuses with UNAUTHENTICATED, RATE_LIMITED and DEVICE_REVOKED.',
  access: { permission: 'edge' },
  transaction: 'own',
  input: (t) => ({
    deviceId: t.id({ required: true }),
    password: t.string({ required: true, description: 'The credential as deviceCreate showed it.' }),
  }),
  run: async (ctx, { deviceId, password }) => {
    const id = readId('device', deviceId, ['deviceId'])
    return id.ok ? authenticateDevice(ctx, { deviceId: id.value, password }) : id
  },
  payload: (t) => ({ device: t.field(changedDevice) }),
})

defineMutation('deviceStateReport', {
  description: 'Says how reachable the device is; an older report that comes late changes nothing.',
  access: { device: true },
  input: (t) => ({
    state: t.field({ type: DeviceStateEnum, required: true }),
    firmware: t.string(),
    at: t.field({ type: 'DateTime', description: 'When it was so; now, when not said.' }),
  }),
  run: (ctx, input) => reportState(ctx, input),
  payload: (t) => ({ device: t.field(changedDevice) }),
})

defineMutation('deviceReadingReport', {
  description: 'Reports a value the device measures; an older one that comes late changes nothing.',
  access: { device: true },
  input: (t) => ({
    name: t.string({
      required: true,
      description: '1 to 40 letters, digits, dots, hyphens and underscores.',
    }),
    value: t.float({ required: true }),
    unit: t.string(),
    at: t.field({ type: 'DateTime', description: 'When it was measured; now, when not said.' }),
  }),
  run: (ctx, input) => reportReading(ctx, input),
  payload: (t) => ({ device: t.field(changedDevice) }),
})
