import { health, readiness } from './health.ts'
import { createHttpServer, HTTP_LIMITS, type Handler } from './http.ts'
import type { Part } from './part.ts'
import { listen, type Wanted } from './ports.ts'
import type { Shutdown } from './shutdown.ts'

const redirect =
  (location: string): Handler =>
  (_request, response) =>
    response.writeHead(302, { location }).end()

/** Serves the parts of all roles, and health, on the one HTTP port of a process; gives the port. */
export const serve = async (
  parts: readonly Part[],
  {
    http,
    shutdown,
    connections,
  }: { readonly http: Wanted; readonly shutdown: Shutdown; readonly connections: number },
): Promise<number> => {
  const redirects = parts.flatMap((part) => Object.entries(part.redirects ?? {}))
  const isClosing = (): Promise<string | undefined> =>
    Promise.resolve(shutdown.isClosing ? 'shutting down' : undefined)
  const routes = {
    handlers: {
      ...Object.fromEntries(redirects.map(([from, to]) => [from, redirect(to)])),
      ...Object.fromEntries(parts.flatMap((part) => Object.entries(part.handlers ?? {}))),
      '/health': health,
      '/ready': readiness([isClosing, ...parts.flatMap(({ problem }) => problem ?? [])]),
    },
    upgrades: Object.fromEntries(parts.flatMap((part) => Object.entries(part.upgrades ?? {}))),
  }
  const { server, close } = createHttpServer(routes, { ...HTTP_LIMITS, connections })
  const port = await listen(server, http)
  shutdown.add('HTTP', close)
  for (const part of parts) if (part.close) shutdown.add('live queries', part.close)
  return port
}
