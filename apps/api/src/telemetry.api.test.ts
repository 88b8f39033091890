import { startEventFeed } from '@hilo/db'
import { testDatabase } from '@hilo/db/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { systemClock } from '@hilo/kernel'
import { collectSpans } from '@hilo/telemetry/testing'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApi } from './create-api.ts'

const { db, database } = await testDatabase()
const feed = await startEventFeed(database)
const api = createApi({
  database,
  feed,
  clock: systemClock,
  logger: pino({ level: 'silent' }),
  corsOrigin: '*',
})

beforeAll(async () => {
  await createTestChannels(db)
})
afterAll(() => feed.close())

const ask = (headers: Record<string, string> = {}, query = '{ markets { code } }') =>
  api.fetch('http://localhost/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  })

const FOREIGN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

test('a request is one trace: the caller, HTTP, the operation and its statements, under one correlation id', async () => {
  const collected = collectSpans()
  const response = await ask({ traceparent: FOREIGN })
  await response.text()
  const spans = collected.spans()
  collected.stop()
  expect(new Set(spans.map((span) => span.spanContext().traceId))).toEqual(
    new Set(['0af7651916cd43dd8448eb211c80319c']),
  )
  const http = spans.find(({ name }) => name === 'POST /graphql')
  const execute = spans.find(({ name }) => name === 'graphql execute')
  const statement = spans.find(({ attributes }) =>
    String(attributes['db.query.text']).includes('from "market"'),
  )
  expect(http?.parentSpanContext?.spanId).toBe('b7ad6b7169203331')
  expect(execute?.parentSpanContext?.spanId).toBe(http?.spanContext().spanId)
  expect(statement?.parentSpanContext?.spanId).toBe(execute?.spanContext().spanId)
  expect(response.headers.get('x-correlation-id')).toBe('0af7651916cd43dd8448eb211c80319c')
})

test('an answer says its correlation id without any tracing, too', async () => {
  const response = await ask({ 'x-correlation-id': 'from-the-button' })
  expect(response.headers.get('x-correlation-id')).toBe('from-the-button')
  const other = await ask()
  expect(other.headers.get('x-correlation-id')).toMatch(/^[\w-]{36}$/)
})
