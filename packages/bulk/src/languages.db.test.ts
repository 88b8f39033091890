import { createTestChannels } from '@hilo/channels/testing'
import { createTestType } from '@hilo/catalog/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { expect, test } from 'vitest'
import { runExportOf, runImportOf } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
await createTestType(ctx, {
  code: 'tea',
  attributes: [
    { code: 'origin', kind: 'TEXT', localized: true, filterable: false },
    { code: 'care', kind: 'TEXT', level: 'VARIANT', localized: true, filterable: false },
  ],
})

const both = (en: string, es: string) => ({ en, es })

const SENCHA = {
  slug: 'sencha',
  name: both('Sencha', 'Té sencha'),
  description: both('Green', 'Verde'),
  seo: {
    title: both('Tea', 'Té'),
    description: both('Buy', 'Compre'),
    noIndex: true,
    canonicalUrl: 'https://example.com/sencha',
    imageUrl: null,
  },
  type: 'tea',
  attributes: { origin: both('Japan', 'Japón') },
  images: [{ url: 'https://example.com/a.jpg', alt: both('A cup', 'Una taza') }],
  options: [
    { code: 'size', name: both('Size', 'Tamaño'), values: [{ code: 's', name: both('Small', 'Pequeño') }] },
  ],
  variants: [
    {
      sku: 'SEN',
      name: both('Bag', 'Bolsa'),
      options: { size: 's' },
      attributes: { care: both('Dry', 'Seco') },
    },
  ],
}

const jsonl = (item: object) => runImportOf(ctx, { format: 'JSONL', file: `${JSON.stringify(item)}\n` })

const now = async () => {
  const lines = (await runExportOf(ctx, 'PRODUCTS', 'JSONL')).trim().split('\n')
  return lines.map((line) => JSON.parse(line) as { slug: string }).find(({ slug }) => slug === 'sencha')
}

test('a line that names one language of each text leaves the others as they are', async () => {
  expect(await jsonl(SENCHA)).toMatchObject({ created: 1, report: [] })
  const job = await jsonl({
    slug: 'sencha',
    name: { en: 'Fine sencha' },
    description: { en: 'Very green' },
    seo: { title: { en: 'Fine tea' } },
    attributes: { origin: { en: 'Uji' } },
    images: [{ url: 'https://example.com/a.jpg', alt: { en: 'One cup' } }],
    options: [{ code: 'size', name: { en: 'Weight' }, values: [{ code: 's', name: { en: '50 g' } }] }],
    variants: [{ sku: 'SEN', name: { en: 'Box' }, attributes: { care: { en: 'Cool' } } }],
  })
  expect(job).toMatchObject({ updated: 1, report: [] })
  const own = {
    name: both('Fine sencha', 'Té sencha'),
    description: both('Very green', 'Verde'),
    seo: { ...SENCHA.seo, title: both('Fine tea', 'Té') },
    attributes: { origin: both('Uji', 'Japón') },
    images: [{ url: 'https://example.com/a.jpg', alt: both('One cup', 'Una taza') }],
    options: [
      {
        code: 'size',
        name: both('Weight', 'Tamaño'),
        values: [{ code: 's', name: both('50 g', 'Pequeño') }],
      },
    ],
    variants: [{ name: both('Box', 'Bolsa'), attributes: { care: both('Cool', 'Seco') } }],
  }
  expect(await now()).toMatchObject(own)
  expect(await jsonl({ slug: 'sencha', name: { es: 'Té sencha' }, description: {} })).toMatchObject({
    unchanged: 1,
  })
})

test('columns of one language leave the others, and an empty cell takes one away only where it clears', async () => {
  await jsonl(SENCHA)
  const header =
    'slug,sku,name.en,description.en,seoTitle.en,variantName.en,attribute:origin,attribute:care,images'
  const row = 'sencha,SEN,Sencha,Green,,Bag,Kyoto,Wet,https://example.com/a.jpg'
  expect(await runImportOf(ctx, { file: `${header}\n${row}\n` })).toMatchObject({ updated: 1, report: [] })
  const kept = {
    ...SENCHA,
    attributes: { origin: both('Kyoto', 'Japón') },
    variants: [{ ...SENCHA.variants[0], attributes: { care: both('Wet', 'Seco') } }],
  }
  expect(await now()).toMatchObject(kept)
  const empty = 'slug,name.es,description.es,seoTitle.es,canonicalUrl\nsencha,,,,\n'
  expect(await runImportOf(ctx, { file: empty })).toMatchObject({ unchanged: 1 })
  expect(await runImportOf(ctx, { file: empty, emptyCells: 'CLEAR' })).toMatchObject({
    updated: 1,
    report: [],
  })
  expect(await now()).toMatchObject({
    name: { en: 'Sencha' },
    description: { en: 'Green' },
    seo: { ...SENCHA.seo, title: { en: 'Tea' }, canonicalUrl: null },
    images: SENCHA.images,
  })
  expect((await now()) as object).not.toHaveProperty('name.es')
})

test('null takes one language away, the last one of a name is refused, and a new product may say null', async () => {
  await jsonl(SENCHA)
  const gone = await jsonl({
    slug: 'sencha',
    name: { es: null },
    attributes: { origin: { es: null } },
    variants: [{ sku: 'SEN', attributes: { care: { en: null, es: null } } }],
  })
  expect(gone).toMatchObject({ updated: 1, report: [] })
  const left = (await now()) as unknown as typeof SENCHA
  expect([left.name, left.attributes, left.variants[0]!.attributes]).toEqual([
    { en: 'Sencha' },
    { origin: { en: 'Japan' } },
    {},
  ])
  expect((await jsonl({ slug: 'sencha', name: { en: null } })).report).toEqual(['1 name.en TEXT_MISSING'])
  const fresh = { slug: 'bancha', name: { en: 'Bancha', es: null }, type: 'tea', seo: { noIndex: true } }
  expect(await jsonl({ ...fresh, attributes: { origin: { en: null } } })).toMatchObject({ created: 1 })
})

test('a promotion keeps the names that a file does not say', async () => {
  const definition = {
    v: 1,
    trigger: 'AUTOMATIC',
    effect: { kind: 'PERCENT', target: 'ORDER', ratePpm: 1_000 },
  }
  const run = (file: string) => runImportOf(ctx, { kind: 'PROMOTIONS', format: 'JSONL', file: `${file}\n` })
  await run(JSON.stringify({ key: 'p', name: both('Less', 'Menos'), definition }))
  expect(await run('{"key":"p","name":{"es":"Mucho menos"}}')).toMatchObject({ updated: 1 })
  const names = () => db.selectFrom('promotion').select('name').execute()
  expect(await names()).toEqual([{ name: both('Less', 'Mucho menos') }])
  expect(await run('{"key":"p","name":{"en":"Less"}}')).toMatchObject({ unchanged: 1 })
  expect(await run('{"key":"p","name":{"es":null}}')).toMatchObject({ updated: 1 })
  expect(await names()).toEqual([{ name: { en: 'Less' } }])
})
