import { newId, ok } from '@hilo/kernel'
import { inSpan, traceId } from '@hilo/telemetry'
import { collectSpans } from '@hilo/telemetry/testing'
import { afterAll, expect, test } from 'vitest'
import { appendEvents, command, readEvents, runConsumer, startEventFeed } from '../index.ts'
import { logSettled, testContext, testDatabase } from '../testing/index.ts'

const { db, database } = await testDatabase()
const ctx = testContext(db)
const feed = await startEventFeed(database)
afterAll(() => feed.close())

const append = (type: string) =>
  command(ctx, { operation: 'append', input: null }, async (inner) => {
    await appendEvents(inner, [{ aggregate: 'category', aggregateId: newId(), type, payload: null }])
    return ok(null)
  })

test('what follows from an event belongs to the trace of the change, and so does the event', async () => {
  const collected = collectSpans()
  const stopping = new AbortController()
  const handled = Promise.withResolvers<string | undefined>()
  const running = runConsumer({
    db,
    feed,
    name: 'follows',
    types: ['Traced.v1'],
    signal: stopping.signal,
    handle: async () => handled.resolve(traceId()),
  })
  const changedIn = await inSpan('change', {}, async (span) => {
    await append('Traced.v1')
    return span.spanContext()
  })
  expect(await handled.promise).toBe(changedIn.traceId)
  stopping.abort()
  await running
  const job = collected.spans().find(({ name }) => name === 'job follows')
  collected.stop()
  expect(job?.parentSpanContext?.spanId).toBe(changedIn.spanId)
  const [event] = await readEvents(db, { types: ['Traced.v1'], limit: 1 })
  expect(event?.traceparent).toContain(changedIn.traceId)
})

test('without a trace an event has none', async () => {
  await append('Untraced.v1')
  await logSettled(db)
  const [event] = await readEvents(db, { types: ['Untraced.v1'], limit: 1 })
  expect(event?.traceparent).toBeNull()
})
