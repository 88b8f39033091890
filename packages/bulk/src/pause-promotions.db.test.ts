import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { expect, test } from 'vitest'
import { runImportOf } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const rule = (ratePpm: number) => ({
  v: 1,
  trigger: 'AUTOMATIC',
  effect: { kind: 'PERCENT', target: 'ORDER', ratePpm },
})

/** Imports one row; gives what it did to the promotion, as `status newest/published`. */
const bring = async (item: object): Promise<string> => {
  const file = `${JSON.stringify({ key: 'sale', ...item })}\n`
  const job = await runImportOf(ctx, { kind: 'PROMOTIONS', format: 'JSONL', file })
  expect(job.report).toEqual([])
  const row = await db
    .selectFrom('promotion')
    .select(['status', 'version', 'published_version'])
    .executeTakeFirstOrThrow()
  return `${row.status} ${row.version}/${row.published_version}`
}

test('a file pauses a promotion, changes it while it is paused, and lets it hold again', async () => {
  expect(await bring({ name: { en: 'Sale' }, definition: rule(100_000), status: 'PAUSED' })).toBe(
    'PAUSED 1/1',
  )
  expect(await bring({ status: 'PUBLISHED' })).toBe('PUBLISHED 2/2')
  expect(await bring({ status: 'PAUSED' })).toBe('PAUSED 3/3')
  expect(await bring({ name: { en: 'Sales' } })).toBe('PAUSED 4/4')
  expect(await bring({ definition: rule(200_000) })).toBe('PAUSED 5/5')
  expect(await bring({ definition: rule(300_000), status: 'PUBLISHED' })).toBe('PUBLISHED 6/6')
  expect(await bring({ status: 'ARCHIVED' })).toBe('ARCHIVED 7/7')
})
