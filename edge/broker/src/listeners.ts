import type { IncomingMessage } from 'node:http'
import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocketServer } from 'ws'
import { MAX_AFTER_SIGN_IN } from './guard/guard.ts'

/** Takes a connection over; `address` is where it comes from. */
export type Accept = (stream: Duplex, address: string, request?: IncomingMessage) => void

const listening = async (server: Server, { host, port }: { host: string; port: number }) => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise<void>((resolve) => void server.close(() => resolve())),
  }
}

/** Listens for MQTT over TCP. Rejects when the port is taken (`EADDRINUSE`). */
export const listenTcp = async ({ host, port }: { host: string; port: number }, accept: Accept) => {
  const server = createServer({ noDelay: true }, (socket) =>
    accept(socket, socket.remoteAddress ?? 'unknown'),
  )
  return listening(server, { host, port })
}

/** Where to listen for MQTT over TLS, and with what: paths of PEM files. */
export interface TlsListener {
  readonly host: string
  readonly port: number
  readonly cert: string
  readonly key: string
}

const HANDSHAKE_MS = 5_000
/** How often the files are looked at for a new certificate, in milliseconds. */
const LOOK_MS = 10_000

const readCertificate = ({ cert, key }: TlsListener) => ({
  cert: readFileSync(cert),
  key: readFileSync(key),
  minVersion: 'TLSv1.2' as const,
})

/**
 * Listens for MQTT over TLS 1.2 and newer. A new certificate is taken when its files change, without ending a connection;
 * `reload` takes it at once, and throws when the files do not fit, with the old one still in use.
 */
export const listenTls = async (
  options: TlsListener,
  accept: Accept,
  onBadFiles: (error: unknown) => void,
) => {
  const settings = { ...readCertificate(options), handshakeTimeout: HANDSHAKE_MS, noDelay: true }
  const server = createTlsServer(settings, (socket) => accept(socket, socket.remoteAddress ?? 'unknown'))
  server.on('tlsClientError', () => {})
  const reload = () => server.setSecureContext(readCertificate(options))
  const onChange = () => {
    try {
      reload()
    } catch (error) {
      onBadFiles(error)
    }
  }
  const files = [options.cert, options.key]
  for (const file of files) watchFile(file, { interval: LOOK_MS, persistent: false }, onChange)
  const { port, close } = await listening(server, options)
  return {
    port,
    reload,
    close: () => {
      for (const file of files) unwatchFile(file, onChange)
      return close()
    },
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
