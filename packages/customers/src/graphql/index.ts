// The refusals of signing in are access's own.
import '@hilo/access/graphql'
export { customer } from './customer.ts'
import './consent.ts'
import './sign-in.ts'
