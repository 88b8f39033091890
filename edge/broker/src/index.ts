export { type Broker, type BrokerOptions, startBroker } from './broker.ts'
export type { TlsListener } from './listeners.ts'
export { DEFAULT_LIMITS, type Limits } from './limits.ts'
export type { Authenticate, Credentials, SignInAnswer } from './sign-in.ts'
