// The refusals of signing in are access's own.
import '@hilo/access/graphql'
import { registerRefusals } from '@hilo/graphql'
import { GROUP_REFUSALS } from '../groups/errors.ts'
import { SEGMENT_REFUSALS } from '../segments/errors.ts'
export { customer } from './customer.ts'
export { customerGroup } from './customer-group.ts'
export { segment } from './segment.ts'
import './consent.ts'
import './customer-group-mutations.ts'
import './segment-mutations.ts'
import './sign-in.ts'

registerRefusals(GROUP_REFUSALS.catalogue)
registerRefusals(SEGMENT_REFUSALS.catalogue)
