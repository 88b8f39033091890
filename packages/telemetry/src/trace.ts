import {
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api'

/** Asked for each time: a tracer that was handed out stays with the SDK of its time. */
const tracer = () => trace.getTracer('hilo')

/** Which end of a conversation a span is, by OpenTelemetry's names. */
export type Side = 'server' | 'client' | 'producer' | 'consumer' | 'internal'

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
} as const satisfies Record<Side, SpanKind>

interface SpanOptions {
  readonly side?: Side
  readonly attributes?: Attributes
}

const fail = (span: Span, error: unknown): void => {
  // Only the name: a message may quote what somebody typed.
  const name = error instanceof Error ? error.name : typeof error
  span.setStatus({ code: SpanStatusCode.ERROR, message: name })
  span.setAttribute('error.type', name)
}

/** Runs something inside a span below the active one; a thrown error marks it and goes on. Costs next to nothing without an SDK. */
export const inSpan = async <T>(
  name: string,
  { side = 'internal', attributes }: SpanOptions,
  run: (span: Span) => Promise<T> | T,
): Promise<T> =>
  tracer().startActiveSpan(name, { kind: KINDS[side], ...(attributes && { attributes }) }, async (span) => {
    try {
      return await run(span)
    } catch (error) {
      fail(span, error)
      throw error
    } finally {
      span.end()
    }
  })

/** Notes what has just ended, below the active span; nothing where no trace is under way. `ms` is how long it took. */
export const noteSpan = (
  name: string,
  { ms, error, ...options }: SpanOptions & { readonly ms: number; readonly error?: unknown },
): void => {
  if (!trace.getActiveSpan()?.isRecording()) return
  const { side = 'internal', attributes } = options
  const endTime = Date.now()
  const span = tracer().startSpan(name, {
    kind: KINDS[side],
    startTime: endTime - ms,
    ...(attributes && { attributes }),
  })
  if (error !== undefined) fail(span, error)
  span.end(endTime)
}

/** The active trace as a `traceparent` of W3C Trace Context, to pass on; undefined when there is none. */
export const traceparent = (): string | undefined => {
  const carrier: { traceparent?: string } = {}
  propagation.inject(context.active(), carrier)
  return carrier.traceparent
}

/** The id of the active trace, 32 hexadecimal digits; undefined when there is none. */
export const traceId = (): string | undefined => {
  const active = trace.getActiveSpan()?.spanContext()
  return active && isSpanContextValid(active) ? active.traceId : undefined
}

/** Runs something as a part of the trace that a `traceparent` names; one that is none, or is missing, begins anew. */
export const continueTrace = <T>(given: string | null | undefined, run: () => T): T =>
  context.with(propagation.extract(ROOT_CONTEXT, given ? { traceparent: given } : {}), run)
