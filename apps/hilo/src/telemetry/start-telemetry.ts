import { context, metrics, propagation, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Handler } from '../start/http.ts'
import { observeProcess } from './process-metrics.ts'

interface TelemetryOptions {
  /** What this process does, such as `api` or `api,worker`. */
  readonly role: string
  /** A collector of OpenTelemetry, by OTLP over HTTP, such as `http://localhost:4318`; without it nothing is traced. */
  readonly otlpEndpoint: string | undefined
  /** The share of traces that begin here and are kept, 0 to 1. */
  readonly traceRatio: number
}

/** Measures this process, and traces it when there is a collector. Call it before anything is measured. */
export const startTelemetry = ({ role, otlpEndpoint, traceRatio }: TelemetryOptions) => {
  const resource = resourceFromAttributes({ 'service.name': 'hilo', 'hilo.role': role })
  const prometheus = new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true })
  const meters = new MeterProvider({ resource, readers: [prometheus] })
  metrics.setGlobalMeterProvider(meters)
  const stopObserving = observeProcess()
  const tracers = otlpEndpoint ? startTracing(otlpEndpoint, { resource, ratio: traceRatio }) : undefined
  return {
    /** The metrics of this process in the text format of Prometheus. */
    metrics: ((request, response) => prometheus.getMetricsRequestHandler(request, response)) as Handler,
    /** Sends what is still to be sent; a collector that is gone holds up nothing for long. */
    close: async (): Promise<void> => {
      stopObserving()
      await Promise.allSettled([tracers?.shutdown(), meters.shutdown()])
    },
  }
}

const SEND_WITHIN_MS = 2_000

const startTracing = (
  endpoint: string,
  { resource, ratio }: { resource: ReturnType<typeof resourceFromAttributes>; ratio: number },
): TracerProvider => {
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/\/$/, '')}/v1/traces`,
    timeoutMillis: SEND_WITHIN_MS,
  })
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  propagation.setGlobalPropagator(new W3CTraceContextPropagator())
  const tracers = new TracerProvider({
    resource,
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter, maxQueueSize: 4_096, exportTimeoutMillis: SEND_WITHIN_MS }),
    ],
  })
  trace.setGlobalTracerProvider(tracers)
  return tracers
}
