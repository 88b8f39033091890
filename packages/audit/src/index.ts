export { ACTIONS, actionOf } from './action-names.ts'
