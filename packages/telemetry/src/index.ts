export { counter, duration, gauge } from './metric.ts'
export { continueTrace, inSpan, noteSpan, traceId, traceparent, type Side } from './trace.ts'
