export { indexAll, lookFor } from './look-for.ts'
