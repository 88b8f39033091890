import type { IncomingMessage } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { MAX_AFTER_SIGN_IN } from './guard/guard.ts'

/** Takes a connection over; `address` is where it comes from. */
export type Accept = (stream: Duplex, address: string, request?: IncomingMessage) => void

/** Listens for MQTT over TCP. Rejects when the port is taken (`EADDRINUSE`). */
export const listenTcp = async ({ host, port }: { host: string; port: number }, accept: Accept) => {
  const server = createServer({ noDelay: true }, (socket) =>
    accept(socket, socket.remoteAddress ?? 'unknown'),
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}

const PROTOCOLS = ['mqtt', 'mqttv3.1']

/** Takes MQTT over WebSocket from an HTTP server that somebody else runs. */
export const webSocketDoor = (
  accept: Accept,
  addressOf: (request: IncomingMessage) => string | undefined = ({ socket }) => socket.remoteAddress,
) => {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: 2 * MAX_AFTER_SIGN_IN,
    perMessageDeflate: false,
    // [MQTT-6.0.0-3], [MQTT-6.0.0-4]: the client offers "mqtt" and the server takes it.
    handleProtocols: (offered) => PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
  })
  return (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    server.handleUpgrade(request, socket, head, (webSocket) => {
      // [MQTT-6.0.0-1]: only binary frames.
      webSocket.on('message', (_data, isBinary) => {
        if (!isBinary) webSocket.close(1003)
      })
      accept(createWebSocketStream(webSocket), addressOf(request) ?? 'unknown', request)
    })
  }
}
