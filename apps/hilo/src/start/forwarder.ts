import { request as httpRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Handler, UpgradeHandler } from './http.ts'

/** Headers as they came, and from whom. The host stays: the other side compares it with the page's origin. */
const headersOf = ({ headers, socket }: IncomingMessage): OutgoingHttpHeaders => ({
  ...headers,
  'x-forwarded-for': [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', '),
  'x-forwarded-proto': headers['x-forwarded-proto'] ?? ('encrypted' in socket ? 'https' : 'http'),
})

const UNAVAILABLE = JSON.stringify({
  errors: [
    {
      message: 'The API cannot be reached. Send the same request again.',
      extensions: { code: 'SERVICE_UNAVAILABLE', retryable: true },
    },
  ],
})

/** Status line and headers of an answer to an upgrade, as they came. */
const headOf = ({ statusCode, statusMessage, rawHeaders }: IncomingMessage): string => {
  const lines = rawHeaders.flatMap((value, index) =>
    index % 2 === 0 ? [`${value}: ${rawHeaders[index + 1]}`] : [],
  )
  return [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, '', ''].join('\r\n')
}

/** Passes requests and WebSockets on to another server, with the client's address in `X-Forwarded-For`. */
export const forwarder = (target: URL) => {
  const joined = new Set<Duplex>()
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest
  const open = (request: IncomingMessage) =>
    send({
      protocol: target.protocol,
      hostname: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port,
      path: request.url,
      method: request.method,
      headers: headersOf(request),
      // A connection of its own for each: a live query holds it for long.
      agent: false,
    })

  const handle: Handler = (request, response) => {
    const outgoing = open(request)
    outgoing.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      // A cut is passed on as a cut: who is told that a stream is complete does not come back.
      answer.on('error', () => response.destroy())
      answer.pipe(response)
    })
    outgoing.on('error', () => {
      if (response.headersSent) return response.destroy()
      response.writeHead(503, { 'content-type': 'application/json', 'retry-after': '1' })
      return response.end(UNAVAILABLE)
    })
    response.on('close', () => outgoing.destroy())
    request.pipe(outgoing)
  }

  const join = (one: Duplex, other: Duplex): void => {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      joined.add(from)
      from.on('error', () => from.destroy())
      from.on('close', () => {
        joined.delete(from)
        to.destroy()
      })
      from.pipe(to)
    }
  }

  const handleUpgrade: UpgradeHandler = (request, socket, head) => {
    const outgoing = open(request)
    socket.on('close', () => outgoing.destroy())
    outgoing.on('upgrade', (answer, upstream, rest) => {
      socket.write(headOf(answer))
      socket.write(rest)
      upstream.write(head)
      join(socket, upstream)
    })
    outgoing.on('response', (answer) => {
      socket.write(headOf(answer))
      answer.pipe(socket)
    })
    outgoing.on('error', () => socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n'))
    outgoing.end()
  }

  return {
    handle,
    handleUpgrade,
    /** Cuts the WebSockets that it joined. */
    close: (): void => {
      for (const socket of joined) socket.destroy()
    },
  }
}
