import { createTestChannels } from '@hilo/channels/testing'
import { createTestProduct } from '@hilo/catalog/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { expect, test } from 'vitest'
import { BULK_KINDS } from './job.ts'
import { runImportOf } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
await createTestProduct(ctx, { sku: 'MUG' })

test.each(BULK_KINDS)(
  '%s with a column that is called as what every object has end like any other',
  async (kind) => {
    const strange = ['constructor', '__proto__', 'toString', 'constructor.es', 'attribute:__proto__']
    const file = `slug,sku,email,key,${strange.join(',')}\nx,x,x,x,1,2,3,4,5\n`
    const job = await runImportOf(ctx, { kind, file })
    expect([job.state, job.records]).toEqual(['DONE', 1])
    expect(job.warnings.map(({ column }) => column)).toEqual(
      expect.arrayContaining(['constructor', '__proto__']),
    )
  },
)

/** No recursion comes to its end. */
const deep = `${'{"not":'.repeat(50_000)}1${'}'.repeat(50_000)}`

test.each(BULK_KINDS)(
  '%s too deep to be walked, or with the name of a prototype, are refused rows',
  async (kind) => {
    const rows = [
      deep,
      ...['definition', 'name', 'goods', 'attributes', 'addresses', 'email'].map(
        (field) => `{"key":"k","name":{"en":"x"},"${field}":${deep}}`,
      ),
      '{"__proto__":{"polluted":1},"key":"k","name":{"en":"x","__proto__":{"polluted":1}}}',
      '{"key":"k","sku":"\\u0000","slug":"\\u0000","email":"\\ud800@example.com"}',
    ]
    const job = await runImportOf(ctx, { kind, format: 'JSONL', file: `${rows.join('\n')}\n` })
    expect([job.state, job.refused]).toEqual(['DONE', rows.length])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
  },
)

test('a cell of CSV that is such JSON is refused too', async () => {
  const file = `key,name,definition\nk,x,"${deep.replaceAll('"', '""')}"\n`
  const job = await runImportOf(ctx, { kind: 'PROMOTIONS', file })
  expect([job.state, job.report]).toEqual(['DONE', ['2  ROW_VALUE_INVALID']])
})
