import { metrics, type Attributes, type Histogram, type Meter, type Counter } from '@opentelemetry/api'

/**
 * OpenTelemetry hands out meters that stay silent for ever when asked before an SDK is registered: so an instrument is
 * made with its first measurement, and again when the SDK changes.
 */
const lazily = <Instrument>(make: (meter: Meter) => Instrument): (() => Instrument) => {
  let made: { readonly of: unknown; readonly instrument: Instrument } | undefined
  return () => {
    const provider = metrics.getMeterProvider()
    if (made?.of !== provider) made = { of: provider, instrument: make(provider.getMeter('hilo')) }
    return made.instrument
  }
}

/** Bounds in seconds, from a lookup in memory to a request that people give up on. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** A distribution of durations; record milliseconds, it tells seconds, as Prometheus wants. Few attributes, few values. */
export const duration = (name: string, description: string) => {
  const histogram = lazily<Histogram>((meter) =>
    meter.createHistogram(name, {
      description,
      unit: 's',
      advice: { explicitBucketBoundaries: SECONDS },
    }),
  )
  return (ms: number, attributes: Attributes = {}): void => histogram().record(ms / 1_000, attributes)
}

/** A number that only grows. */
export const counter = (name: string, description: string) => {
  const count = lazily<Counter>((meter) => meter.createCounter(name, { description }))
  return (by: number, attributes: Attributes = {}): void => count().add(by, attributes)
}

/** A number that is looked up when somebody asks for the metrics. Gives a function that ends it. */
export const gauge = (
  name: string,
  description: string,
  read: () => number | Promise<number>,
): (() => void) => {
  const observed = metrics.getMeterProvider().getMeter('hilo').createObservableGauge(name, { description })
  const callback = async (result: { observe: (value: number) => void }): Promise<void> => {
    result.observe(await read())
  }
  observed.addCallback(callback)
  return () => observed.removeCallback(callback)
}
