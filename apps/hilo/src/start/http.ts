import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

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

/** Longest time that open requests may take once the server is closing. */
const DRAIN_MS = 5_000
const LOOK_EVERY_MS = 20

/** The one HTTP server of a process. Slow clients are cut: headers within 10 s, a whole request within 60 s. */
export const createHttpServer = ({ handlers, upgrades }: Routes) => {
  const sockets = new Set<Duplex>()
  const responses = new Set<ServerResponse>()
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 65_000, maxHeaderSize: 16_384 },
    (request, response) => {
      responses.add(response)
      response.once('close', () => responses.delete(response))
      const handler = handlers[firstPart(request.url)]
      if (handler) handler(request, response, () => notFound(response))
      else notFound(response)
    },
  )
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request, socket, head) => {
    // From here on it belongs to whoever takes it, who also closes it.
    sockets.delete(socket)
    socket.on('error', () => socket.destroy())
    const handler = upgrades[firstPart(request.url)]
    if (handler) handler(request, socket, head)
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n')
  })
  return {
    server,
    /** Takes no new connection, cuts live subscriptions, lets other requests finish, then cuts what is left. */
    close: async (): Promise<void> => {
      server.close()
      const until = performance.now() + DRAIN_MS
      while (sockets.size > 0 && performance.now() < until) {
        server.closeIdleConnections()
        // Cut, not completed: a listener that is told "complete" does not come back, one that is cut resumes.
        for (const response of responses) if (isLive(response)) response.destroy()
        await delay(LOOK_EVERY_MS)
      }
      server.closeAllConnections()
    },
  }
}

/** True for a stream of events that has begun; what asks for one may also get a plain answer. */
const isLive = (response: ServerResponse): boolean =>
  response.headersSent &&
  !response.writableEnded &&
  response.req.headers.accept?.includes('text/event-stream') === true
