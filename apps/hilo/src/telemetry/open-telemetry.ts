import type { Config } from '../config.ts'
import { guardMetrics } from './guard-metrics.ts'
import { startTelemetry } from './start-telemetry.ts'

type Settings = Pick<Config, 'isProduction' | 'metricsToken' | 'otlpEndpoint' | 'traceRatio'>

/** Measures this process, or this thread, as its settings say; `/metrics` is its part of the HTTP server. */
export const openTelemetry = (
  { isProduction, metricsToken, otlpEndpoint, traceRatio }: Settings,
  role: string,
) => {
  const { metrics, close } = startTelemetry({ role, otlpEndpoint, traceRatio })
  const guarded = guardMetrics(metrics, { token: metricsToken, isOpen: !isProduction })
  return { part: { handlers: { '/metrics': guarded } }, close }
}
