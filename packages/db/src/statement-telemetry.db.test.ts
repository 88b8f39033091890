import { inSpan } from '@hilo/telemetry'
import { collectSpans } from '@hilo/telemetry/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from './testing/index.ts'

const { db } = await testDatabase()

test('each statement is a span of the request it belongs to, with its text and without its values', async () => {
  const collected = collectSpans()
  await inSpan('request', {}, async () => {
    await db.selectFrom('staff').select('id').where('email', '=', 'ana@example.com').execute()
    await expect(sql`select 1 / ${0}::int`.execute(db)).rejects.toThrow('division by zero')
  })
  const [read, failed, request] = collected.spans()
  collected.stop()
  expect(read?.name).toBe('sql select')
  expect(read?.attributes['db.query.text']).toContain('"email" = $1')
  expect(JSON.stringify(read?.attributes)).not.toContain('ana@example.com')
  expect(failed?.status.code).toBe(2)
  expect([read, failed].map((span) => span?.parentSpanContext?.spanId)).toEqual(
    Array(2).fill(request?.spanContext().spanId),
  )
})
