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

/** How long clients may take, and how many may be connected. */
export interface HttpLimits {
  /** For the headers of a request, from the first byte or from the connection. */
  readonly headersMs: number
  /** For a whole request. */
  readonly requestMs: number
  /** For a whole request with a file in it. */
  readonly uploadMs: number
  /** Between two requests on one connection. */
  readonly keepAliveMs: number
  /** How often slow clients are looked for. */
  readonly checkEveryMs: number
  /** Connections at once; one more cuts the one that has been idle for longest. */
  readonly connections: number
}

export const HTTP_LIMITS: HttpLimits = {
  headersMs: 10_000,
  requestMs: 60_000,
  uploadMs: 900_000,
  keepAliveMs: 65_000,
  checkEveryMs: 5_000,
  connections: 10_000,
}

/** Where files may be sent, which takes longer. */
const UPLOADS = '/assets'

const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n'

/** Cuts a request whose body has not come by then. */
const cutWhenSlow = (request: IncomingMessage, milliseconds: number): void => {
  if (request.headers['content-length'] === undefined && !request.headers['transfer-encoding']) return
  const timer = setTimeout(() => request.socket.end(TOO_SLOW), milliseconds).unref()
  request.once('close', () => clearTimeout(timer))
  request.once('end', () => clearTimeout(timer))
}

const MAX_HEADER_BYTES = 16_384
const MAX_HEADERS = 100

/** The one HTTP server of a process. Slow clients are cut, and idle ones when there are too many. */
export const createHttpServer = ({ handlers, upgrades }: Routes, limits: HttpLimits = HTTP_LIMITS) => {
  const sockets = new Set<Duplex>()
  /** Connections without a request in hand, idle for longest first. */
  const idle = new Set<Duplex>()
  const responses = new Set<ServerResponse>()
  const server = createServer(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: limits.uploadMs,
      keepAliveTimeout: limits.keepAliveMs,
      connectionsCheckingInterval: limits.checkEveryMs,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    (request, response) => {
      const { socket } = request
      responses.add(response)
      idle.delete(socket)
      response.once('close', () => {
        responses.delete(response)
        if (sockets.has(socket)) idle.add(socket)
      })
      const path = firstPart(request.url)
      if (path !== UPLOADS) cutWhenSlow(request, limits.requestMs)
      const handler = handlers[path]
      if (handler) handler(request, response, () => notFound(response))
      else notFound(response)
    },
  )
  server.maxHeadersCount = MAX_HEADERS
  server.on('connection', (socket) => {
    sockets.add(socket)
    idle.add(socket)
    socket.once('close', () => {
      sockets.delete(socket)
      idle.delete(socket)
    })
    if (sockets.size > limits.connections) for (const oldest of idle) return void oldest.destroy()
  })
  server.on('upgrade', (request, socket, head) => {
    // From here on it belongs to whoever takes it, who also closes it.
    sockets.delete(socket)
    idle.delete(socket)
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
