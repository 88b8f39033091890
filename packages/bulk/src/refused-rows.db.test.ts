import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { expect, test } from 'vitest'
import { reportLines } from './files/report.ts'
import { BULK_KINDS } from './job.ts'
import { runImportOf, type TestImport } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

/** The report of an import: `line record path CODE`. */
const reportOf = async (wanted: TestImport) => {
  const job = await runImportOf(ctx, wanted)
  const lines: string[] = []
  for await (const line of reportLines(db, job.id)) lines.push(line.trim())
  return { job, lines: lines.slice(1).map((line) => line.split(',').slice(0, 4).join(' ')) }
}

test('a row that cannot be read leaves out its neighbours, and the report names each of them once, with its key', async () => {
  const file = Buffer.from('slug,name,sku\nh1,One,H1\nh\xe9,Two,H2\nh3,Three,H3\nh4,Four,H4\n', 'latin1')
  const { job, lines } = await reportOf({ file })
  expect(job).toMatchObject({ created: 1, refused: 2 })
  expect(lines).toEqual(['2 h1  ROW_BESIDE_UNKNOWN', '3   ROW_NOT_TEXT', '4 h3  ROW_BESIDE_UNKNOWN'])
})

test('a product whose second variant cannot be saved is named at each of its lines', async () => {
  const { lines } = await reportOf({ file: 'slug,name,sku\nv,Vase,V1\nv,," V2"\nv,,V3\n' })
  expect(lines).toEqual([
    '2 v  ROW_BESIDE_REFUSED',
    '3 v variants.1.sku SKU_INVALID',
    '4 v  ROW_BESIDE_REFUSED',
  ])
})

test.each(BULK_KINDS)('%s whose fields are of the wrong shape are refused by their names', async (kind) => {
  const file = '{"key":"k","sku":"s","wrong":1}\n{"variantKey":"v","email":5,"variants":[{"sku":"S"}]}\n'
  const { lines } = await reportOf({ kind, format: 'JSONL', file })
  const records = new Set(lines.map((line) => line.split(' ').slice(0, 2).join(' ')))
  expect([...records]).toEqual(['1 k', '2 v'])
})
