import { insertCategories } from '@hilo/catalog'
import { createTestCollection, seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { expect, test } from 'vitest'
import { warningSentence } from '../warnings.ts'
import { runExportOf, runImportOf } from '../testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const csv = (rows: readonly (readonly string[])[]) =>
  ['Handle,Title,Variant SKU', ...rows.map((row) => row.join(','))].join('\n')

const jsonl = (items: readonly object[], system = 'default') =>
  runImportOf(ctx, {
    format: 'JSONL',
    system,
    file: items.map((item) => JSON.stringify(item)).join('\n'),
  })

interface Exported {
  readonly key: string | null
  readonly slug: string
  readonly name: { readonly en: string }
  readonly status: string
  readonly categories: readonly string[]
  readonly collections: readonly string[]
  readonly options: readonly {
    readonly values: readonly { readonly code: string; readonly name: object }[]
  }[]
  readonly variants: readonly { readonly sku: string; readonly options: Readonly<Record<string, string>> }[]
}

const products = async (system = 'shopify') =>
  (await runExportOf(ctx, 'PRODUCTS', 'JSONL', { system }))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Exported)

const titled = async (title: string) => {
  const found = (await products()).filter(({ name }) => name.en === title)
  expect(found).toHaveLength(1)
  return found[0]!
}

test('each handle is a product of its own in any script, and is found again in any order', async () => {
  const rows = [
    ['日本', 'Japan', 'H1'],
    ['кофе-1', 'Coffee one', 'H2'],
    ['чай-1', 'Tea one', 'H3'],
    ['widget_v2', 'Widget', 'H4'],
    ['widget-v2', 'Other widget', 'H5'],
    ['☕', 'Cup', 'H6'],
    [`${'very-'.repeat(45)}long`, 'Long', 'H7'],
  ] as const
  const first = await runImportOf(ctx, { file: csv(rows) })
  expect(first).toMatchObject({ created: 7, refused: 0, report: [] })
  expect((await products()).map(({ key, slug }) => [key, slug])).toEqual([
    ['чай-1', 'chay-1'],
    ['кофе-1', 'kofe-1'],
    ['日本', 'ri-ben'],
    [expect.stringMatching(/^very-.*-[0-9a-f]{8}$/), expect.stringMatching(/^(very-){15}/)],
    ['widget_v2', 'widget-v2'],
    ['widget-v2', 'widget-v2-2'],
    ['☕', 'xe29895'],
  ])
  expect(await runImportOf(ctx, { file: csv(rows.toReversed()) })).toMatchObject({ unchanged: 7, report: [] })
})

test('what came in before without a key is found by its slug, and by SKU or name where the handle is not the slug', async () => {
  await jsonl([
    { slug: 'lamp', name: { en: 'Old lamp' }, variants: [{ sku: 'LAMP' }] },
    { slug: '7', name: { en: 'Filter' }, variants: [{ sku: 'F7' }] },
    { slug: 'shade-x', name: { en: 'Shade' }, variants: [{ sku: 'SHADE-OLD' }] },
    { slug: 'my-desk', name: { en: 'By hand' }, variants: [{ sku: 'HAND' }] },
  ])
  const file = csv([
    ['lamp', 'New lamp', 'LAMP-2'],
    ['кофе-7', 'New filter', 'F7'],
    ['чай-7', 'Tea seven', 'T7'],
    ['shade_x', 'Shade', 'SHADE-NEW'],
    ['my_desk', 'Desk', 'DESK'],
  ])
  const job = await runImportOf(ctx, { file })
  expect(job).toMatchObject({ updated: 3, created: 2, report: [] })
  expect(await titled('New lamp')).toMatchObject({ slug: 'lamp', key: 'lamp' })
  expect(await titled('New filter')).toMatchObject({ slug: '7', key: 'кофе-7' })
  expect(await titled('Tea seven')).toMatchObject({ slug: 'chay-7' })
  expect(await titled('Shade')).toMatchObject({ slug: 'shade-x', key: 'shade_x' })
  expect(await titled('By hand')).toMatchObject({ slug: 'my-desk', key: null })
  expect(await titled('Desk')).toMatchObject({ slug: 'my-desk-2' })
  expect(await runImportOf(ctx, { file })).toMatchObject({ unchanged: 5 })
})

test('two handles that were one product before are not both taken for it: the second is told', async () => {
  await jsonl([{ slug: '9', name: { en: 'Both' }, variants: [{ sku: 'B-1' }, { sku: 'B-2' }] }])
  const job = await runImportOf(ctx, {
    file: csv([
      ['кофе-9', 'Coffee nine', 'B-1'],
      ['чай-9', 'Tea nine', 'B-2'],
    ]),
  })
  expect(job).toMatchObject({ updated: 1, refused: 1, report: ['3 variants.0.sku ROW_KEYS_DIFFER'] })
  expect(await titled('Coffee nine')).toMatchObject({ slug: '9' })
})

test('a slug that was changed stays, and so does the key that another system has for the product', async () => {
  await jsonl([{ key: 'erp-1', slug: 'chair', name: { en: 'Chair' }, variants: [{ sku: 'CHAIR' }] }])
  const file = csv([['chair', 'Chair', 'CHAIR']])
  await runImportOf(ctx, { file })
  await jsonl([{ key: 'chair', slug: 'armchair' }], 'shopify')
  expect(await runImportOf(ctx, { file })).toMatchObject({ unchanged: 1, report: [] })
  expect(await titled('Chair')).toMatchObject({ slug: 'armchair', key: 'chair' })
  expect((await products('default')).find(({ slug }) => slug === 'armchair')).toMatchObject({ key: 'erp-1' })
})

test('types and tags in other scripts are found as they were made of their names, and told when they are not', async () => {
  await createTestCollection(ctx, { slug: 'novinki' })
  await seeding(ctx, (inner) => insertCategories(inner, [{ slug: 'kofe', name: { ru: 'Кофе' } }]))
  const file = 'Handle,Title,Type,Tags\nbean,Bean,Кофе,"Новинки, ☕, лето"\nleaf,Leaf,茶,\n'
  const job = await runImportOf(ctx, { file })
  expect(job.warnings).toEqual([
    { column: 'Tags', reason: 'NO_COLLECTION', names: ['☕', 'leto'] },
    { column: 'Type', reason: 'NO_CATEGORY', names: ['cha'] },
  ])
  expect(await titled('Bean')).toMatchObject({ categories: ['kofe'], collections: ['novinki'] })
})

const OPTIONS = 'Handle,Title,Option1 Name,Option1 Value,Variant SKU'

test('values that make the same code are values of their own, and variants without a SKU keep the one they got', async () => {
  const handle = 'l'.repeat(70)
  const rows = [
    '+1.50',
    '-1.50',
    'C',
    'C++',
    'Красный 42',
    'Синий 42',
    ...['a', 'b'].map((end) => `${'ж'.repeat(30)}${end}`),
  ]
  const file = (values: readonly string[]) =>
    [OPTIONS, ...values.map((value, index) => `${handle},${index === 0 ? 'Lens,Kind' : ','},${value},`)].join(
      '\n',
    )
  const job = await runImportOf(ctx, { file: file(rows) })
  expect(job).toMatchObject({ created: 1, report: [] })
  const lens = await titled('Lens')
  const values = lens.options[0]!.values
  expect(values.map(({ name }) => name)).toEqual(rows.map((en) => ({ en })))
  expect(values.slice(4, 6).map(({ code }) => code)).toEqual(['krasnyy-42', 'siniy-42'])
  expect(new Set(values.map(({ code }) => code)).size).toBe(8)
  expect(new Set(lens.variants.map(({ sku }) => sku)).size).toBe(8)
  expect(await runImportOf(ctx, { file: file(rows) })).toMatchObject({ unchanged: 1, report: [] })
  // Alone, behind each other, and beside new ones they are the same.
  await runImportOf(ctx, { file: file(['-1.50']) })
  await runImportOf(ctx, { file: file(['*1.50', ...rows.toReversed()]) })
  const after = await titled('Lens')
  const choices = (product: Exported) => product.variants.map(({ sku, options }) => [sku, options])
  expect(choices(after)).toEqual(expect.arrayContaining(choices(lens)))
  expect(after.variants).toHaveLength(9)
})

test('a made SKU that somebody has already, or that was changed since, brings no product down', async () => {
  const file = (handle: string, value: string) => `${OPTIONS}\n${handle},${handle},Size,${value},\n`
  await runImportOf(ctx, { file: file('ab', 'c-d') })
  expect(await runImportOf(ctx, { file: file('ab-c', 'D') })).toMatchObject({ created: 1, report: [] })
  expect((await titled('ab-c')).variants[0]!.sku).toMatch(/^ab-c-d-[0-9a-f]{8}$/)
  await db.updateTable('variant').set({ sku: 'BY-HAND' }).where('sku', '=', 'ab-c-d').execute()
  expect(await runImportOf(ctx, { file: file('ab', 'c-d') })).toMatchObject({ unchanged: 1, report: [] })
  expect(await runImportOf(ctx, { file: file('ab-c', 'D') })).toMatchObject({ unchanged: 1, report: [] })
})

test('variants without a SKU are the same when their option has another name, and are not there twice', async () => {
  const file = (name: string) => `${OPTIONS}\nsock,Sock,${name},Small,\nsock,,,Large,\n`
  await runImportOf(ctx, { file: file('Size') })
  expect(await runImportOf(ctx, { file: file('Fit') })).toMatchObject({ updated: 1, report: [] })
  expect((await titled('Sock')).variants).toMatchObject([
    { sku: 'sock-small', options: { fit: 'small' } },
    { sku: 'sock-large', options: { fit: 'large' } },
  ])
  expect((await titled('Sock')).variants).toHaveLength(2)
})

test('values and variants that have codes and SKUs of another making keep them', async () => {
  const value = (code: string, en: string) => ({ code, name: { en } })
  const made = (code: string) => ({ sku: `tee-${code}`, options: { xd180: code } })
  await jsonl([
    {
      slug: 'tee',
      name: { en: 'Tee' },
      options: [
        {
          code: 'xd180',
          name: { en: 'Размер' },
          values: [value('xd09c', 'Малый'), value('42', 'Красный 42')],
        },
      ],
      variants: [made('xd09c'), made('42')],
    },
  ])
  const file = `${OPTIONS}\ntee,Tee,Размер,Малый,\ntee,,,Красный 42,\ntee,,,Синий 42,\n`
  expect(await runImportOf(ctx, { file })).toMatchObject({ updated: 1, report: [] })
  expect((await titled('Tee')).variants).toMatchObject([
    made('xd09c'),
    made('42'),
    { sku: 'tee-siniy-42', options: { xd180: 'siniy-42' } },
  ])
})

test('what only a link leads to is a draft and told in both languages, and an unknown status is refused', async () => {
  const rows = ['Active', 'DRAFT', 'archived', 'unlisted', '', 'hidden', 'constructor']
  const file = `Handle,Title,Status\n${rows.map((status) => `st-${status},St ${status || 'none'},${status}`).join('\n')}\n`
  const job = await runImportOf(ctx, { file })
  expect(job).toMatchObject({
    created: 5,
    report: ['7 status ROW_VALUE_INVALID', '8 status ROW_VALUE_INVALID'],
    warnings: [{ column: 'Status', reason: 'UNLISTED', names: ['st-unlisted'] }],
  })
  const { en, es } = warningSentence(job.warnings[0]!)
  expect([en, es]).toEqual([
    expect.stringContaining('draft: st-unlisted'),
    expect.stringContaining('borrador: st-unlisted'),
  ])
  const saved = (await products()).filter(({ name }) => name.en.startsWith('St '))
  expect(Object.fromEntries(saved.map(({ name, status }) => [name.en, status]))).toEqual({
    'St Active': 'PUBLISHED',
    'St DRAFT': 'DRAFT',
    'St archived': 'ARCHIVED',
    'St unlisted': 'DRAFT',
    'St none': 'PUBLISHED',
  })
})

test('goods that Shopify never counts are always there, and counted from when it begins to count them', async () => {
  const file = (tracker: string) =>
    `Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Requires Shipping\nsoap,Soap,SOAP,${tracker},TRUE\n`
  const goods = () =>
    db
      .selectFrom('variant')
      .select(['fulfilment', 'track_stock'])
      .where('sku', '=', 'SOAP')
      .executeTakeFirstOrThrow()
  expect(await runImportOf(ctx, { file: file('') })).toMatchObject({ created: 1, report: [] })
  expect(await goods()).toEqual({ fulfilment: 'PHYSICAL', track_stock: false })
  expect(await runImportOf(ctx, { file: file('') })).toMatchObject({ unchanged: 1 })
  expect(await runImportOf(ctx, { file: file('shopify') })).toMatchObject({ updated: 1 })
  expect(await goods()).toEqual({ fulfilment: 'PHYSICAL', track_stock: true })
  await runImportOf(ctx, { file: 'Handle,Title,Variant SKU\nsoap,Soap,SOAP\n' })
  expect(await goods()).toMatchObject({ track_stock: true })
})
