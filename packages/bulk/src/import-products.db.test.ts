import { readFile } from 'node:fs/promises'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCollection, createTestType } from '@hilo/catalog/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { runExportOf, runImportOf } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const CSV = `key,slug,name.en,name.es,channels,sku,option:size,barcodes
p1,tea,Tea,Té,web-eu|web-us,TEA-S,small,4006381333931
p1,tea,,,,TEA-L,large,
p2,mug,"A ""big"" mug, blue",,web-eu,MUG,,
`

test('a file of products is created with variants, options, barcodes and channels, and again changes nothing', async () => {
  const first = await runImportOf(ctx, { file: CSV })
  expect(first.report).toEqual([])
  expect(first).toMatchObject({ state: 'DONE', records: 2, created: 2, refused: 0 })
  const again = await runImportOf(ctx, { file: CSV })
  expect(again.report).toEqual([])
  expect(again).toMatchObject({ state: 'DONE', records: 2, unchanged: 2 })
  const changed = await runImportOf(ctx, {
    file: CSV.replace('Té', 'Infusión').replace('TEA-L,large', 'TEA-L,huge'),
  })
  expect(changed.report).toEqual([])
  expect(changed).toMatchObject({ updated: 1, unchanged: 1 })
  const rows = (await runExportOf(ctx, 'PRODUCTS', 'JSONL'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as never)
  expect(rows).toMatchObject([
    { slug: 'mug', key: 'p2', name: { en: 'A "big" mug, blue' }, channels: ['web-eu'] },
    {
      slug: 'tea',
      name: { en: 'Tea', es: 'Infusión' },
      variants: [
        { sku: 'TEA-S', options: { size: 'small' }, barcodes: ['EAN_13:4006381333931'] },
        { sku: 'TEA-L', options: { size: 'huge' } },
      ],
    },
  ])
})

test('values of an option column that make the same code are values of their own, in any order and company', async () => {
  const file = (values: readonly string[]) =>
    ['slug,name,option:Dioptrías,sku', ...values.map((value) => `lens,Lens,${value},LENS${value}`)].join('\n')
  const values = ['+1.50', '-1.50', 'Красный 42', 'Синий 42']
  const wanted = { created: 1, refused: 0, report: [] }
  expect(await runImportOf(ctx, { file: file(values) })).toMatchObject(wanted)
  expect(await runImportOf(ctx, { file: file(values.toReversed()) })).toMatchObject({ unchanged: 1 })
  expect(await runImportOf(ctx, { file: file(['-1.50']) })).toMatchObject({ unchanged: 1 })
  expect(await runImportOf(ctx, { file: file(['*1.50']) })).toMatchObject({ updated: 1, report: [] })
  const { rows } = await sql<{ sku: string; name: string }>`
    select sku, v.name ->> 'en' as name from variant
    join variant_option_value on variant_id = variant.id join option_value v on v.id = option_value_id
    where sku like 'LENS%' order by sku collate "C"`.execute(db)
  expect(rows.map(({ sku, name }) => [sku, name])).toEqual(
    ['*1.50', '+1.50', '-1.50', 'Красный 42', 'Синий 42'].map((name) => [`LENS${name}`, name]),
  )
})

test('a product with one bad row stays out whole, with each reason at its line', async () => {
  const file = `slug,name,sku,archived
good,Good,G1,
bad,Bad,B1,
bad,,B1,
worse,Worse," W",
wrong,Wrong,W2,maybe
`
  const job = await runImportOf(ctx, { file })
  expect(job).toMatchObject({ state: 'DONE', records: 4, created: 1, refused: 3 })
  expect(job.report).toEqual([
    '3  ROW_BESIDE_REFUSED',
    '4 variants.1.sku ROW_REPEATED',
    '5 variants.0.sku SKU_INVALID',
    '6 variants.0.archived ROW_VALUE_INVALID',
  ])
  expect(
    await db.selectFrom('product').select('slug').where('slug', 'in', ['bad', 'worse', 'wrong']).execute(),
  ).toEqual([])
})

test('quotes out of order are refused at their row, and reading goes on behind it', async () => {
  const file = `slug,name,sku
q1,"Open,Q1
q2,Fine,Q2
q3,Stray " quote,Q3
q4,"Closed"x,Q4
q5,Last,Q5
`
  const job = await runImportOf(ctx, { file })
  expect(job.report).toEqual(['2  ROW_QUOTES', '4  ROW_QUOTES', '5  ROW_QUOTES'])
  expect(job).toMatchObject({ created: 2, refused: 3 })
})

test('what is no file in UTF-8, or has too many columns, fails whole and at once', async () => {
  const problem = async (file: string | Uint8Array) => (await runImportOf(ctx, { file })).problem?.code
  expect(await problem(Buffer.from('\ufeffslug,name\n', 'utf16le'))).toBe('FILE_ENCODING')
  expect(await problem(Buffer.from('slug,name,sku\na,Té,A\nb,Café,B\n', 'latin1'))).toBe('FILE_ENCODING')
  expect(await problem('')).toBe('FILE_EMPTY')
  expect(await problem(`slug${',x'.repeat(2_000_000)}\n`)).toBe('FILE_TOO_MANY_COLUMNS')
  expect(await problem('a,b\n1,2\n')).toBe('FILE_HEADER_INVALID')
  const mixed = Buffer.concat([
    Buffer.from('slug,name,sku\nu1,Té,U1\nu2,'),
    Buffer.from([0xe9]),
    Buffer.from(',U2\n'),
  ])
  const job = await runImportOf(ctx, { file: mixed })
  expect(job).toMatchObject({ created: 1, refused: 1, report: ['3  ROW_NOT_TEXT'] })
})

test('a file without a line feed, an open quote before endless lines, and NUL bytes leave nothing behind', async () => {
  const products = () => db.selectFrom('product').select('slug').where('slug', 'like', 'void%').execute()
  expect(await runImportOf(ctx, { file: 'x'.repeat(6_000_000) })).toMatchObject({
    state: 'FAILED',
    problem: { code: 'FILE_TOO_MANY_COLUMNS' },
  })
  const endless = await runImportOf(ctx, { file: `slug,name,sku\nvoid-1,"Open${'\n'.repeat(50_000)}` })
  expect(endless.report).toEqual(['2  ROW_TOO_MANY_LINES'])
  const long = await runImportOf(ctx, { file: `slug,name,sku\nvoid-2,${'x'.repeat(5_000_000)}` })
  expect(long.report).toEqual(['2  ROW_TOO_LONG'])
  const nul = await runImportOf(ctx, {
    file: 'slug,name,sku\nvoid-3,Na\0me,V3\nvoid\x004,Name,V4\nvoid-5,Name,V\x005\n',
  })
  expect(nul).toMatchObject({ created: 0, refused: 3 })
  expect(nul.report.map((line) => line.split(' ')[0])).toEqual(['2', '3', '4'])
  expect(await products()).toEqual([])
})

test('modes, dry runs, delimiters and empty cells do as they say', async () => {
  const file = 'slug;name;sku;description\nmode;Mode;MODE;Text\n'
  expect(await runImportOf(ctx, { file, mode: 'UPDATE' })).toMatchObject({
    refused: 1,
    report: ['2  ROW_MISSING'],
  })
  expect(await runImportOf(ctx, { file, dryRun: true })).toMatchObject({ created: 1 })
  expect(await runImportOf(ctx, { file, mode: 'CREATE' })).toMatchObject({ created: 1 })
  expect(await runImportOf(ctx, { file, mode: 'CREATE' })).toMatchObject({ report: ['2  ROW_EXISTS'] })
  const empty = 'slug,name,sku,description,extra\nmode,,MODE,,\n'
  expect(await runImportOf(ctx, { file: empty })).toMatchObject({
    unchanged: 1,
    warnings: [{ column: 'extra', reason: 'UNKNOWN_COLUMN' }],
  })
  const cleared = await runImportOf(ctx, { file: 'slug,description\nmode,\n', emptyCells: 'CLEAR' })
  expect(cleared).toMatchObject({ updated: 1, report: [] })
})

test('types, attributes and collections are read by their codes, and an unknown one is told', async () => {
  await createTestType(ctx, {
    code: 'tea',
    attributes: [
      { code: 'origin', kind: 'TEXT' },
      { code: 'grams', kind: 'NUMBER', level: 'VARIANT', required: true },
    ],
  })
  await createTestCollection(ctx, { slug: 'gifts' })
  const file = `slug,name,type,collections,sku,attribute:origin,attribute:grams
sencha,Sencha,tea,gifts,SEN-1,Japan,100
sencha,,,,SEN-2,,250
none,None,tea,,NONE,,
odd,Odd,tea,nowhere,ODD,,many
`
  const job = await runImportOf(ctx, { file })
  expect(job.report).toEqual([
    '4 attributes ATTRIBUTE_REQUIRED',
    '5 collections.0 ROW_REFERENCE_UNKNOWN',
    '5 variants.0.attributes.grams.text ATTRIBUTE_VALUE_INVALID',
  ])
  expect(job).toMatchObject({ created: 1, refused: 2 })
  expect(await runImportOf(ctx, { file: file.split('\n').slice(0, 3).join('\n') })).toMatchObject({
    unchanged: 1,
  })
})

test('measures and schedules come with the file, stay while it does not name them, and are refused when they cannot be', async () => {
  const line = (goods: object | null, schedules: object | null = {}) =>
    `${JSON.stringify({ slug: 'flour', name: { en: 'Flour' }, schedules, variants: [{ sku: 'FLOUR', goods }] })}\n`
  const run = (file: string) => runImportOf(ctx, { format: 'JSONL', file })
  const kilo = { unit: 'KILOGRAM', scale: 3, step: 10 }
  const bad = await run(
    line({ measure: { ...kilo, scale: 9 } }) +
      line({ measure: { ...kilo, minimum: 15 } }) +
      line({ fulfilment: 'MAGIC' }) +
      line(null, { moon: { from: '2030-01-01T00:00:00Z' } }) +
      line(null, { 'web-eu': { from: '2031-01-01T00:00:00Z', until: '2030-01-01T00:00:00Z' } }),
  )
  expect(bad.report).toEqual([
    '1 variants.0.goods.measure.scale MEASURE_INVALID',
    '2 variants.0.goods.measure.minimum MEASURE_INVALID',
    '3 variants.0.goods.fulfilment ROW_VALUE_INVALID',
    '4 schedules.moon ROW_REFERENCE_UNKNOWN',
    '5 schedules.web-eu.until PERIOD_INVALID',
  ])
  const good = line({ measure: kilo }, { 'web-eu': { from: '2030-01-01T00:00:00Z' } })
  expect(await run(good)).toMatchObject({ created: 1, report: [] })
  expect(await run(good)).toMatchObject({ unchanged: 1 })
  const stored = async () => ({
    ...(await db.selectFrom('variant').selectAll().where('sku', '=', 'FLOUR').executeTakeFirstOrThrow()),
    from: (
      await db
        .selectFrom('product_channel')
        .innerJoin('product', 'product.id', 'product_id')
        .innerJoin('channel', 'channel.id', 'channel_id')
        .select('published_from')
        .where('slug', '=', 'flour')
        .where('channel.code', '=', 'web-eu')
        .executeTakeFirstOrThrow()
    ).published_from,
  })
  const from = new Date('2030-01-01T00:00:00Z')
  expect(await stored()).toMatchObject({ measure_unit: 'KILOGRAM', measure_scale: 3, measure_step: 10, from })
  await run('{"slug":"flour","name":{"en":"Fine flour"},"variants":[{"sku":"FLOUR"}]}\n')
  expect(await stored()).toMatchObject({ measure_unit: 'KILOGRAM', from })
  expect(await run(line({ measure: { ...kilo, step: 20 } }, null))).toMatchObject({ updated: 1 })
  expect(await stored()).toMatchObject({ measure_step: 20, from: null })
  expect(await run(line(null, {}))).toMatchObject({ updated: 1 })
  expect(await stored()).toMatchObject({ measure_unit: null, from: null })
})

test('the sample of the guide can be imported as it stands', async () => {
  const guide = await readFile(new URL('../../../docs/guides/bulk.md', import.meta.url), 'utf8')
  const sample = /```csv\n([^`]+)```/
    .exec(guide)![1]!
    .replaceAll('web|store', 'web-eu')
    .replaceAll(',web,', ',web-eu,')
    .replace('4006381333931', '5901234123457')
  const job = await runImportOf(ctx, { file: sample })
  expect(job).toMatchObject({ created: 2, warnings: [] })
  expect(job.report).toEqual([])
})
