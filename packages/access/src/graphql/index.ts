import { registerRefusals } from '@hilo/graphql'
import { ACCESS } from '../errors.ts'
import './api-key.ts'
import './staff-mutations.ts'

registerRefusals(ACCESS.catalogue)

export { resolveSessions, SessionConnection } from './session.ts'
export { staff } from './staff.ts'
