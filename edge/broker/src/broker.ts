import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { callbackify } from 'node:util'
import type { Attachment, Logger } from '@hilo/protocol'
import type { Store } from '@hilo/store'
import { gauge } from '@hilo/telemetry'
import { Aedes, type Client } from 'aedes'
import { guardStream } from './guard/guard.ts'
import { intake } from './intake.ts'
import { connectionCounter, DEFAULT_LIMITS, failureLog, rateLimiter, type Limits } from './limits.ts'
import { listenTcp, listenTls, webSocketDoor, type TlsListener } from './listeners.ts'
import { outlet } from './outlet.ts'
import { durablePersistence } from './persistence/persistence.ts'
import { publications } from './publications.ts'
import { sessionTable } from './sessions.ts'
import { signIn, type Authenticate } from './sign-in.ts'
import { departures } from './departures.ts'
import { fanOut } from './fan-out.ts'

/** What the broker needs to run. */
export interface BrokerOptions {
  /** Code of the shop: the third level of every topic. */
  readonly shop: string
  /** Keeps sessions, retained messages, queues and wills. The caller closes it, after the broker. */
  readonly store: Store
  readonly authenticate: Authenticate
  readonly log: Logger
  /** Where to listen for MQTT over TCP; port 0 takes a free one. Without it only `handleUpgrade` lets devices in. */
  readonly tcp?: { readonly host: string; readonly port: number }
  /** Where to listen for MQTT over TLS; `wss` is the matter of the proxy before `handleUpgrade`. */
  readonly tls?: TlsListener
  readonly limits?: Partial<Limits>
  /** Where a WebSocket comes from, when a proxy stands before `handleUpgrade`; the other end of the connection by default. */
  readonly addressOf?: (request: IncomingMessage) => string | undefined
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** A running broker. */
export interface Broker {
  /** How the bridge speaks through it. Devices get no acknowledgement before `attachment.onMessage` is set. */
  readonly attachment: Attachment
  /** The TCP port it listens on. */
  readonly port: number | undefined
  /** The TLS port it listens on. */
  readonly tlsPort: number | undefined
  /** Takes a new certificate from its files now; throws when they do not fit. It is also taken by itself within 10 s. */
  readonly reloadCertificate: () => void
  /** Takes a WebSocket upgrade from an HTTP server; the caller has checked the path. */
  readonly handleUpgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void
  /** Devices connected now. */
  readonly connections: () => number
  /** Says goodbye for the connected devices, ends their connections and stops listening. */
  readonly close: () => Promise<void>
}

/** Milliseconds a client has to send its CONNECT, and a slow one to read what it asked for. */
const CONNECT_MS = 5_000
const DRAIN_MS = 10_000

const ended = (client: Client) => new Promise<void>((resolve) => client.close(resolve))

/** Starts the built-in broker. Rejects when its port is taken. */
export const startBroker = async (options: BrokerOptions): Promise<Broker> => {
  const { shop, store, log, now = Date.now } = options
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const persistence = durablePersistence({ store, now })
  const sessions = sessionTable(limits)
  const sendDirectly = fanOut(persistence)
  const failures = failureLog(limits, now)
  const waitFor = rateLimiter(limits, now)
  const admit = connectionCounter(limits)
  const { attach, receive } = intake()
  const streams = new Map<Duplex, string>()
  const ready = Promise.withResolvers<void>()

  const door = signIn({
    shop,
    sessions,
    failures,
    log,
    authenticate: options.authenticate,
    ready: ready.promise,
    addressOf: (client) => streams.get(client.conn) ?? 'unknown',
  })

  const aedes = await Aedes.createBroker({
    persistence: {
      ...persistence,
      // Aedes stores every filter of a SUBSCRIBE, also those it was told to refuse.
      addSubscriptions: (client: Client, asked: { topic: string; qos: 0 | 1 | 2 }[]) =>
        persistence.addSubscriptions(
          client,
          asked.filter(({ topic }) => sessions.holds(client, topic)),
        ),
    },
    concurrency: 0,
    connectTimeout: CONNECT_MS,
    drainTimeout: DRAIN_MS,
    maxClientsIdLength: 64,
    preConnect: door.preConnect,
    authenticate: door.authenticate,
    authorizePublish: callbackify(publications({ sessions, receive, log })),
    authorizeSubscribe: (client, subscription, done) => {
      const granted = sessions.subscribe(client, subscription.topic)
      if (!granted) log.warn({ device: client.id, topic: subscription.topic }, 'forbidden subscription')
      done(null, granted ? subscription : null)
    },
    authorizeForward: (client, packet) =>
      sessions.delivers(client, packet) && !sendDirectly(client, packet as never) ? packet : null,
  })
  const publish = outlet(aedes, persistence)
  const goodbyes = departures({ persistence, receive, publish, log })
  goodbyes
    .announceLastRun()
    .catch((error: unknown) => log.error({ err: error }, 'wills of the last run are not out'))
    .finally(ready.resolve)

  aedes.on('client', sessions.joined)
  aedes.on('clientReady', (client) => {
    if (door.arrived(client)) log.info({ device: client.id }, 'device connected')
    else client.close()
  })
  aedes.on('clientDisconnect', (client) => {
    sessions.left(client)
    log.info({ device: client.id }, 'device disconnected')
  })
  aedes.on('unsubscribe', (filters, client) => sessions.unsubscribe(client, filters))
  aedes.on('clientError', (client, error) =>
    log.debug({ device: client.id, reason: error.message }, 'connection ended'),
  )
  aedes.on('connectionError', (_client, error) => log.debug({ reason: error.message }, 'connection ended'))
  ;(aedes as NodeJS.EventEmitter).on('error', (error: Error) => log.error({ err: error }, 'broker error'))

  const accept = (stream: Duplex, address: string, request?: IncomingMessage) => {
    const release = failures.isAddressBanned(address) ? undefined : admit(address)
    if (!release) {
      log.warn({ address }, 'too many connections or failed sign-ins')
      stream.on('error', () => {}).destroy()
      return
    }
    const guarded = guardStream(stream, {
      waitFor,
      onRefused: (reason, device) => log.warn({ address, device, reason }, 'connection refused'),
    })
    streams.set(guarded, address)
    const client = aedes.handle(guarded, request)
    guarded.once('close', () => {
      streams.delete(guarded)
      door.left(client)
      release()
    })
  }

  const stopMeasuring = gauge(
    'hilo_mqtt_devices_connected',
    'Devices connected to the broker.',
    () => sessions.connected().length,
  )
  const tcp = options.tcp && (await listenTcp(options.tcp, accept))
  const badFiles = (error: unknown) => log.error({ err: error }, 'the new certificate is not usable')
  const tls = options.tls && (await listenTls(options.tls, accept, badFiles))
  return {
    port: tcp?.port,
    tlsPort: tls?.port,
    reloadCertificate: () => tls?.reload(),
    handleUpgrade: webSocketDoor(accept, options.addressOf),
    connections: () => sessions.connected().length,
    attachment: {
      provesSender: true,
      publish,
      onMessage: attach,
      disconnect: async (deviceId, { forget }) => {
        door.revoke(deviceId)
        const client = sessions.find(deviceId)
        if (client) await ended(client)
        if (forget) await persistence.cleanSubscriptions({ id: deviceId })
      },
    },
    close: async () => {
      stopMeasuring()
      const stopped = Promise.all([tcp?.close(), tls?.close()])
      await Promise.all(sessions.connected().map((client) => goodbyes.say(client)))
      await new Promise<void>((resolve) => aedes.close(resolve))
      for (const stream of streams.keys()) stream.destroy()
      await stopped
    },
  }
}
