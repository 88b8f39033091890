export { edgeRig, QUICK, type Weather } from './rig.ts'
