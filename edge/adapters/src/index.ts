export type { Adapter, AdapterContext, Message } from './adapter.ts'
export { ADAPTERS } from './registry.ts'
