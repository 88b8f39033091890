import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildFolder, isFresh } from './freshness.ts'
import { type ApiFetch, openDoor } from './src/lib/server/api-door.ts'

export type { ApiFetch }
export { isFresh }

/** Answers everything under `/admin`, and calls `next` for nothing else than that. */
export type AdminHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void

/**
 * Loads the built admin. Its reads on the server go through `api`, without a hop over the network, or to the address in
 * the setting `API_URL` when there is none. The browser asks `/graphql` and `/assets` of the same origin. Throws when the
 * build is missing or older than the sources.
 */
export const mountAdmin = async (api?: ApiFetch): Promise<AdminHandler> => {
  // Read by the handler when it is imported; without it every form would be refused as coming from another origin.
  // oxlint-disable-next-line node/no-process-env
  process.env['PROTOCOL_HEADER'] ??= 'x-forwarded-proto'
  if (!isFresh()) throw new Error('Build the admin first: npm run build -w @hilo/admin')
  const entry = pathToFileURL(join(buildFolder(), 'handler.js')).href
  const { handler } = (await import(entry)) as { handler: AdminHandler }
  return (req, res, next) => {
    if (api) openDoor(req, (request) => api(request, req.socket.remoteAddress))
    req.headers['x-forwarded-proto'] ??= 'encrypted' in req.socket ? 'https' : 'http'
    handler(req, res, next)
  }
}
