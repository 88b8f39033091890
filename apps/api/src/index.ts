export { type Api, createApi } from './create-api.ts'
export type { ApiDependencies } from './request-context.ts'
export { schema } from './schema.ts'
export { createSocketServer } from './websocket.ts'
