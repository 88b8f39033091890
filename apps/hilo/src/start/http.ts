import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers a request, or calls `next` when it is not its own. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: () => void) => unknown

/** Takes a WebSocket upgrade on its own path. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void

interface Routes {
  /** By the first part of the path: `/graphql` covers `/graphql` and `/graphql/…`. */
  readonly handlers: Readonly<Record<string, Handler>>
  readonly upgrades: Readonly<Record<string, UpgradeHandler>>
}

const firstPart = (url: string | undefined): string => `/${(url ?? '/').split(/[/?#]/, 2)[1] ?? ''}`

const notFound = (response: ServerResponse): void => {
  response.writeHead(404, { 'content-type': 'application/json' })
  response.end('{"error":"There is nothing here. The API is at /graphql, the admin at /admin."}')
}

/** The one HTTP server of a process. Slow clients are cut: headers within 10 s, a whole request within 60 s. */
export const createHttpServer = ({ handlers, upgrades }: Routes): Server => {
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (request, response) => {
      const handler = handlers[firstPart(request.url)]
      if (handler) handler(request, response, () => notFound(response))
      else notFound(response)
    },
  )
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy())
    const handler = upgrades[firstPart(request.url)]
    if (handler) handler(request, socket, head)
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
  })
  return server
}

/** Longest time that open requests may take once the server is closing. */
const DRAIN_MS = 5_000

/** Takes no new connection, lets running requests finish, then cuts what is left (live subscriptions, idle sockets). */
export const closeHttpServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    server.closeIdleConnections()
  })
