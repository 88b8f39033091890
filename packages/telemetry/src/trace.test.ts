import { trace } from '@opentelemetry/api'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { collectSpans } from './testing/index.ts'
import { continueTrace, inSpan, noteSpan, traceId, traceparent } from './trace.ts'

let collected: ReturnType<typeof collectSpans>
beforeEach(() => {
  collected = collectSpans()
})
afterEach(() => collected.stop())

const FOREIGN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

test('what happens inside a span is below it, also after waiting', async () => {
  await inSpan('outer', {}, async () => {
    await Promise.resolve()
    await inSpan('inner', { side: 'client' }, () => Promise.resolve())
    noteSpan('noted', { ms: 5 })
  })
  const [inner, noted, outer] = collected.spans()
  expect([inner?.name, noted?.name, outer?.name]).toEqual(['inner', 'noted', 'outer'])
  expect(inner?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
  expect(noted?.parentSpanContext?.spanId).toBe(outer?.spanContext().spanId)
  expect(noted?.duration).toEqual([0, 5_000_000])
})

test('a trace goes on where a traceparent came from', async () => {
  await continueTrace(FOREIGN, () => inSpan('here', { side: 'server' }, () => Promise.resolve()))
  const [span] = collected.spans()
  expect(span?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c')
  expect(span?.parentSpanContext?.spanId).toBe('b7ad6b7169203331')
})

test.each(['', 'garbage', '00-00000000000000000000000000000000-b7ad6b7169203331-01', null, undefined])(
  'a traceparent that is none begins a trace of its own: %s',
  async (given) => {
    await inSpan('around', {}, () => continueTrace(given, () => inSpan('alone', {}, () => Promise.resolve())))
    const [alone] = collected.spans()
    expect(alone?.parentSpanContext).toBeUndefined()
  },
)

test('the traceparent to pass on names the active span', async () => {
  expect(traceparent()).toBeUndefined()
  expect(traceId()).toBeUndefined()
  await inSpan('active', {}, (span) => {
    const { traceId: id, spanId } = span.spanContext()
    expect(traceparent()).toBe(`00-${id}-${spanId}-01`)
    expect(traceId()).toBe(id)
  })
})

test('an error marks the span by its name, never by its message, and goes on', async () => {
  const failing = inSpan('fails', {}, () => Promise.reject(new TypeError('ana@example.com')))
  await expect(failing).rejects.toThrow('ana@example.com')
  const [span] = collected.spans()
  expect(span?.status).toEqual({ code: 2, message: 'TypeError' })
  expect(JSON.stringify([span?.attributes, span?.events])).not.toContain('ana@')
})

test('nothing is noted where no trace is under way', () => {
  noteSpan('nobody asked', { ms: 1 })
  expect(collected.spans()).toEqual([])
  expect(trace.getActiveSpan()).toBeUndefined()
})
