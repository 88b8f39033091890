import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { UserFacingError } from '../user-facing-error.ts'
import type { FromThread, MqttPorts, ThreadData } from './edge-messages.ts'
import { startEdge, type TlsWanted } from './edge-server.ts'
import { forwarder } from './forwarder.ts'
import type { Part } from './part.ts'
import type { Wanted } from './ports.ts'

interface EdgeRole {
  readonly config: Config
  readonly mqtt: Wanted
  readonly tls: TlsWanted | undefined
  readonly logger: Logger
  readonly signal: AbortSignal
}

/** Where the API is, and the key to it. */
interface Way {
  readonly apiUrl: string
  readonly key: string
}

/** An edge that has not begun yet; its part of the HTTP server stands from the beginning. */
export interface Edge {
  readonly part: Part
  /** Starts it; gives the MQTT ports once it takes devices. */
  readonly start: (way: Way) => Promise<MqttPorts & { readonly ready: Promise<void> }>
  readonly close: () => Promise<void>
}

const NOT_YET = 'the edge is not ready'
/** Longest that the thread of an edge may take to say how it is. */
const ANSWER_WITHIN_MS = 2_000
type Problem = NonNullable<Part['problem']>

/** Parts that stand before there is somebody behind them. */
const frontDoor = () => {
  let behind: Pick<ReturnType<typeof forwarder>, 'handle' | 'handleUpgrade'> | undefined
  let problem: Problem = () => Promise.resolve(NOT_YET)
  const part: Part = {
    handlers: {
      '/edge': (request, response, next) => (behind ? behind.handle(request, response, next) : next()),
    },
    upgrades: {
      '/mqtt': (request, socket, head) => {
        if (behind) behind.handleUpgrade(request, socket, head)
        else socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n')
      },
    },
    problem: () => problem(),
  }
  return {
    part,
    open: (who: typeof behind, ready: Promise<void>, later: Problem): void => {
      behind = who
      // What fails to become ready is told by whoever waits for it.
      ready.then(() => (problem = later)).catch(() => undefined)
    },
  }
}

const attachOf = ({ mqttAttach: url, mqttPassword: password, mqttTrusted, mqttShared }: Config) =>
  url === undefined ? undefined : { url, password, trusted: mqttTrusted, shared: mqttShared }

/** Where to listen for MQTT over TLS, if anywhere; throws when its certificate is not named. */
export const tlsOf = ({
  mqttsPort: port,
  tlsCertFile: cert,
  tlsKeyFile: key,
  host,
}: Config): TlsWanted | undefined => {
  if (port === undefined) return undefined
  if (cert && key) return { host, port, cert, key, setting: '--mqtts-port', what: 'MQTT over TLS' }
  throw new UserFacingError(
    'MQTT over TLS (HILO_MQTTS_PORT) needs a certificate and its key: HILO_TLS_CERT_FILE and HILO_TLS_KEY_FILE.',
  )
}

/** What the thread of an edge says of itself. */
const problemAt =
  (url: string): Problem =>
  async () => {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
      return ((await response.json()) as { readonly problem?: string }).problem
    } catch {
      return 'the edge does not answer'
    }
  }

const folderOf = ({ dataDir }: Config): string => join(dataDir, 'edge')

/** The edge in the only thread of a process that does nothing else. */
export const edgeAlone = ({ config, mqtt, tls, logger, signal }: EdgeRole): Edge => {
  const door = frontDoor()
  let starting: ReturnType<typeof startEdge> | undefined
  return {
    part: door.part,
    start: async (way) => {
      const { trustedProxies } = config
      starting = startEdge({
        ...way,
        folder: folderOf(config),
        mqtt,
        tls,
        attach: attachOf(config),
        trustedProxies,
        logger,
        signal,
      })
      const edge = await starting
      door.open(edge, edge.ready, edge.problem)
      return { mqttPort: edge.port, mqttsPort: edge.tlsPort, ready: edge.ready }
    },
    close: async () => {
      // The signal has cut a start that still waits for the API.
      const edge = await starting?.catch(() => undefined)
      await edge?.close()
    },
  }
}

/** The edge in a thread beside other roles. `onEnd` hears when it ends by itself, after it had begun. */
export const edgeInThread = ({ config, mqtt, tls }: EdgeRole, onEnd: (reason: string) => void): Edge => {
  const door = frontDoor()
  let close = (): Promise<void> => Promise.resolve()
  const start: Edge['start'] = async (way) => {
    const { logLevel, trustedProxies, isProduction, metricsToken, otlpEndpoint, traceRatio } = config
    const telemetry = { isProduction, metricsToken, otlpEndpoint, traceRatio }
    const own = { folder: folderOf(config), mqtt, tls, attach: attachOf(config) }
    const workerData: ThreadData = { ...way, ...telemetry, ...own, logLevel, trustedProxies }
    const thread = new Worker(new URL('./edge-thread.ts', import.meta.url), { workerData })
    const listening = Promise.withResolvers<MqttPorts & { httpPort: number }>()
    const ready = Promise.withResolvers<void>()
    let isClosing = false
    let isUp = false
    let reason = 'nobody asked it to'
    const ended = new Promise<void>((resolve) => {
      thread.on('exit', () => {
        resolve()
        if (isUp && !isClosing) onEnd(reason)
        ready.reject(new UserFacingError(`The edge ended while it started: ${reason}.`))
      })
    })
    thread.on('error', (error: Error) => (reason = error.message))
    thread.on('message', (message: FromThread) => {
      if (message.kind === 'listening') listening.resolve(message)
      else if (message.kind === 'ready') {
        isUp = true
        ready.resolve()
      } else
        ready.reject(message.isExpected ? new UserFacingError(message.message) : new Error(message.message))
    })
    close = async () => {
      isClosing = true
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      thread.postMessage('close')
      await ended
    }
    // It is ready after it listens, so this is the first to settle only when it fails.
    const failed = ready.promise.then(() => listening.promise)
    const { mqttPort, mqttsPort, httpPort } = await Promise.race([listening.promise, failed])
    const local = new URL(`http://127.0.0.1:${httpPort}`)
    door.open(forwarder(local), ready.promise, problemAt(new URL('/ready', local).href))
    return { mqttPort, mqttsPort, ready: ready.promise }
  }
  return { part: door.part, start, close: () => close() }
}
