export { closed, inboxOf, type Received, type TestDevice, testDevices } from './devices.ts'
export { testDisk } from './disk.ts'
export { type LightDevice, lightDevice } from './light-device.ts'
export { silent } from './silent.ts'
