import { collectSpans } from '@hilo/telemetry/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tracedArrival, tracedHandling } from './trace.ts'

let collected: ReturnType<typeof collectSpans>
beforeEach(() => {
  collected = collectSpans()
})
afterEach(() => collected.stop())

const DEVICE = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const purchase = { kind: 'request', verb: 'purchase' }

test('a message belongs to the trace that its device brings, and so does its handling after a restart', async () => {
  const trace = await tracedArrival(purchase, bytes({ slot: 'a', traceparent: DEVICE }), async (kept) => kept)
  await tracedHandling(
    purchase,
    { trace: trace ?? null, at: 0 },
    async () => {},
    () => 5,
  )
  const [arrival, handling] = collected.spans()
  expect([arrival?.name, handling?.name]).toEqual(['mqtt receive purchase', 'mqtt handle purchase'])
  expect(arrival?.parentSpanContext?.spanId).toBe('b7ad6b7169203331')
  expect(handling?.spanContext().traceId).toBe('0af7651916cd43dd8448eb211c80319c')
  expect(handling?.parentSpanContext?.spanId).toBe(arrival?.spanContext().spanId)
})

test('the trace is also found inside a signed envelope', async () => {
  const signed = bytes({ request: JSON.stringify({ slot: 'a', traceparent: DEVICE }), signature: 'x' })
  const trace = await tracedArrival(purchase, signed, async (kept) => kept)
  expect(trace).toContain('0af7651916cd43dd8448eb211c80319c')
})

test.each([['nothing'], [{ traceparent: 7 }], [{ traceparent: 'x'.repeat(55) }]])(
  'a message without a trace begins one: %j',
  async (payload) => {
    await tracedArrival({ kind: 'reading' }, bytes(payload), async () => {})
    const [arrival] = collected.spans()
    expect(arrival?.name).toBe('mqtt receive reading')
    expect(arrival?.parentSpanContext).toBeUndefined()
  },
)

test('a verb that nobody knows does not become a name of its own', async () => {
  await tracedArrival({ kind: 'request', verb: 'x'.repeat(50) }, bytes({}), async () => {})
  expect(collected.spans()[0]?.name).toBe('mqtt receive unknown')
})
