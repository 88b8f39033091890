export { type CoffeeMachine, coffeeMachine, type CoffeeMachineOptions } from './coffee-machine.ts'
export { connectDevice, type Device, type DeviceOptions } from './device.ts'
export { type Watch, watch } from './watch.ts'
