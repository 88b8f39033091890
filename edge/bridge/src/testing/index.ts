export { MOSQUITTO, startMosquitto } from './mosquitto.ts'
export { edgeRig, QUICK, type Weather } from './rig.ts'
