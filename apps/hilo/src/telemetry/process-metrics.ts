import { monitorEventLoopDelay } from 'node:perf_hooks'
import { gauge } from '@hilo/telemetry'

const NS_PER_S = 1e9

/** Measures memory and the delay of the event loop of this process. Gives a function that ends it. */
export const observeProcess = (): (() => void) => {
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const gauges = [
    gauge('hilo_process_resident_bytes', 'Memory of the process.', () => process.memoryUsage.rss()),
    gauge('hilo_process_heap_bytes', 'Memory of JavaScript objects.', () => process.memoryUsage().heapUsed),
    gauge(
      'hilo_event_loop_delay_seconds',
      'The 99th percentile of how late the event loop was since the last look.',
      () => {
        const late = delay.percentile(99) / NS_PER_S
        delay.reset()
        return late
      },
    ),
  ]
  return () => {
    delay.disable()
    for (const stop of gauges) stop()
  }
}
