import { registerRefusals } from '@hilo/graphql'
import { ACCESS } from '../errors.ts'

registerRefusals(ACCESS.catalogue)

export { staff } from './staff.ts'
