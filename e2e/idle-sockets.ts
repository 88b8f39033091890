import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { WebSocket } from 'ws'

/** Connections that were opened and say nothing more. */
export interface IdleSockets {
  /** Kept alive after one request, the first opened first. */
  readonly plain: readonly Socket[]
  /** Greeted by the API, and without a subscription. */
  readonly live: readonly WebSocket[]
  readonly close: () => void
}

const GET = 'GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n'

const openPlain = async (port: number): Promise<Socket> => {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(GET)
  await once(socket, 'data')
  // Somebody must take note of the end, even when nobody reads.
  socket.resume()
  return socket
}

const openLive = async (port: number): Promise<WebSocket> => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
  socket.on('error', () => undefined)
  await once(socket, 'open')
  socket.send('{"type":"connection_init"}')
  await once(socket, 'message')
  return socket
}

const AT_ONCE = 50

const openMany = async <Opened>(count: number, open: () => Promise<Opened>): Promise<Opened[]> => {
  const all: Opened[] = []
  while (all.length < count) {
    const batch = Math.min(AT_ONCE, count - all.length)
    all.push(...(await Promise.all(Array.from({ length: batch }, open))))
  }
  return all
}

/** Opens so many connections to a server on this machine, and leaves them alone. */
export const openIdleSockets = async (
  port: number,
  count: { readonly plain: number; readonly live: number },
): Promise<IdleSockets> => {
  // In this order: a WebSocket begins as a plain connection, and could close an idle one.
  const live = await openMany(count.live, () => openLive(port))
  const plain = await openMany(count.plain, () => openPlain(port))
  return {
    plain,
    live,
    close: () => {
      for (const socket of plain) socket.destroy()
      for (const socket of live) socket.terminate()
    },
  }
}

/** How many of them are still open. */
export const openOf = ({ plain, live }: IdleSockets): { readonly plain: number; readonly live: number } => ({
  plain: plain.filter(({ destroyed }) => !destroyed).length,
  live: live.filter(({ readyState }) => readyState === WebSocket.OPEN).length,
})
