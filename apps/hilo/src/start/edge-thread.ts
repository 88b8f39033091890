// The edge as a thread beside the API: a fan-out to thousands of devices holds up nobody but itself.
import { parentPort, workerData } from 'node:worker_threads'
import { createLogger } from '../logger.ts'
import { openTelemetry } from '../telemetry/open-telemetry.ts'
import { UserFacingError } from '../user-facing-error.ts'
import type { FromThread, ThreadData } from './edge-messages.ts'
import { startEdge } from './edge-server.ts'
import { readiness } from './health.ts'
import { createHttpServer } from './http.ts'
import { listen } from './ports.ts'

const { logLevel, isProduction, metricsToken, otlpEndpoint, traceRatio, ...options } =
  workerData as ThreadData
const LOOPBACK = '127.0.0.1'
const port = parentPort!
const stopping = new AbortController()
const say = (message: FromThread): void => port.postMessage(message)

const telemetry = openTelemetry({ isProduction, metricsToken, otlpEndpoint, traceRatio }, 'edge')

const run = async (): Promise<() => Promise<void>> => {
  const edge = await startEdge({
    ...options,
    // Whoever listens for the devices' WebSockets in this process passes them on to us.
    trustedProxies: [LOOPBACK, ...options.trustedProxies],
    logger: createLogger({ logLevel }),
    signal: stopping.signal,
  })
  const http = createHttpServer({
    handlers: {
      '/ready': readiness([edge.problem]),
      '/edge': (request, response, next) =>
        request.url === '/edge/metrics'
          ? telemetry.part.handlers['/metrics'](request, response, next)
          : edge.handle(request, response, next),
    },
    upgrades: { '/mqtt': edge.handleUpgrade },
  })
  const httpPort = await listen(http.server, { host: LOOPBACK, port: 0, setting: '', what: 'the edge' })
  say({ kind: 'listening', mqttPort: edge.port, mqttsPort: edge.tlsPort, httpPort })
  void edge.ready.then(() => say({ kind: 'ready' }))
  return async () => {
    await edge.close()
    await http.close()
    await telemetry.close()
  }
}

const started = run().catch((error: unknown) => {
  if (!stopping.signal.aborted) {
    const isExpected = error instanceof UserFacingError
    const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined }
    say({ kind: 'failed', isExpected, message: isExpected ? message : (stack ?? message) })
  }
  return undefined
})

port.once('message', () => {
  stopping.abort()
  void started.then((close) => close?.()).finally(() => port.close())
})
