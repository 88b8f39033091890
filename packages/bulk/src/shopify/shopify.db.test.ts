import { createTestCollection, seeding } from '@hilo/catalog/testing'
import { insertCategories } from '@hilo/catalog'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { createTestLocation } from '@hilo/inventory/testing'
import { reportLines } from '../files/report.ts'
import { insertPriceLists } from '@hilo/prices'
import { expect, test } from 'vitest'
import { runExportOf, runImportOf } from '../testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

/** The header of Shopify's own template, and rows of its shape: a picture more than variants, a default variant, HTML. */
const PRODUCTS = `Handle,Title,Body (HTML),Vendor,Product Category,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Option3 Name,Option3 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Variant Image,Variant Weight Unit,Cost per item,Fabric (product.metafields.custom.fabric),Status
example-t-shirt,Example T-Shirt,"<p>A ""nice"" shirt</p>",Acme,Apparel,Shirts,"mens t-shirt, Example",TRUE,Size,Small,Color,Lime Green,,,TS-1,200,shopify,11,deny,manual,19.99,24.99,TRUE,TRUE,'4006381333931,https://example.com/green.jpg,1,Green,FALSE,Our shirt,About it,,g,,Cotton,active
example-t-shirt,,,,,,,,,Medium,,Lime Green,,,,200,shopify,20,deny,manual,19.99,,TRUE,TRUE,,https://example.com/back.jpg,2,,,,,,g,,,
example-t-shirt,,,,,,,,,,,,,,,,,,,,,,,,,https://example.com/third.jpg,3,,,,,,,,,
mug,Mug,,Acme,,,,FALSE,Title,Default Title,,,,,MUG-1,300,shopify,-2,deny,manual,9,,TRUE,TRUE,,,,,FALSE,,,,g,,,draft
`

test('what Shopify exports of its products is read as it is', async () => {
  await createTestCollection(ctx, { slug: 'example' })
  await createTestLocation(db, { code: 'main', channelIds: [webEu.id] })
  await seeding(ctx, async (inner) => {
    await insertCategories(inner, [{ slug: 'shirts', name: { en: 'Shirts' } }])
    await insertPriceLists(inner, [
      { code: 'eur', name: { en: 'Euro' }, kind: 'BASE', currency: 'EUR' },
      { code: 'sale', name: { en: 'Sale' }, kind: 'SALE', currency: 'EUR' },
    ])
  })
  const settings = { priceList: 'eur', saleList: 'sale', location: 'main', channels: ['web-eu'] }
  const job = await runImportOf(ctx, { file: PRODUCTS, ...settings })
  expect(job.report).toEqual([])
  expect(job).toMatchObject({ state: 'DONE', created: 2 })
  expect(job.warnings.map(({ column }) => column)).toContain('Vendor')
  const [shirt, mug] = (await runExportOf(ctx, 'PRODUCTS', 'JSONL'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as never)
  expect(shirt).toMatchObject({
    slug: 'example-t-shirt',
    description: { en: 'A "nice" shirt' },
    status: 'PUBLISHED',
    categories: ['shirts'],
    collections: ['example'],
    channels: ['web-eu'],
    images: [
      { alt: { en: 'Green' } },
      { url: 'https://example.com/back.jpg' },
      { url: 'https://example.com/third.jpg' },
    ],
    options: [
      { code: 'size', values: [{ code: 'small' }, { code: 'medium' }] },
      { code: 'color', values: [{ code: 'lime-green', name: { en: 'Lime Green' } }] },
    ],
    variants: [
      { sku: 'TS-1', options: { size: 'small', color: 'lime-green' }, barcodes: ['EAN_13:4006381333931'] },
      { sku: 'example-t-shirt-medium-lime-green' },
    ],
  })
  expect(mug).toMatchObject({ slug: 'mug', status: 'DRAFT', options: [], variants: [{ sku: 'MUG-1' }] })
  const prices = (await runExportOf(ctx, 'PRICES', 'CSV'))
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(',').slice(0, 5).join(' '))
  expect(prices).toEqual([
    'eur MUG-1  EUR 9.00',
    'eur TS-1  EUR 24.99',
    'eur example-t-shirt-medium-lime-green  EUR 19.99',
    'sale TS-1  EUR 19.99',
  ])
  const translated = JSON.stringify({
    slug: 'example-t-shirt',
    name: { es: 'Camisa' },
    description: { en: 'A "nice" shirt', es: 'Una' },
  })
  await runImportOf(ctx, { format: 'JSONL', file: translated })
  const again = await runImportOf(ctx, { file: PRODUCTS, ...settings })
  expect(again).toMatchObject({ unchanged: 2, report: [] })
  const [kept] = (await runExportOf(ctx, 'PRODUCTS', 'JSONL')).split('\n')
  expect(JSON.parse(kept!)).toMatchObject({
    name: { en: 'Example T-Shirt', es: 'Camisa' },
    description: { en: 'A "nice" shirt', es: 'Una' },
  })
})

test('a compare-at price that is gone takes the sale price away, and nothing that the sale list says besides', async () => {
  const file = (price: string, compareAt: string) =>
    `Handle,Title,Variant SKU,Variant Price,Variant Compare At Price\ncap,Cap,CAP,${price},${compareAt}\n`
  const settings = { priceList: 'eur', saleList: 'sale', channels: ['web-eu'] }
  const prices = async () =>
    (await runExportOf(ctx, 'PRICES', 'CSV')).split('\n').flatMap((line) => {
      const [list, sku, , , amount, from] = line.split(',')
      return sku === 'CAP' ? [`${list} ${amount} ${from}`] : []
    })
  await runImportOf(ctx, { file: file('19.99', '25.00'), ...settings })
  await runImportOf(ctx, {
    kind: 'PRICES',
    file: 'priceList,sku,amount,minQuantity\nsale,CAP,15.00,10\n',
  })
  expect(await prices()).toEqual(['eur 25.00 1', 'sale 19.99 1', 'sale 15.00 10'])
  const withoutColumn = 'Handle,Title,Variant SKU,Variant Price\ncap,Cap,CAP,25.00\n'
  expect(await runImportOf(ctx, { file: withoutColumn, ...settings })).toMatchObject({ unchanged: 1 })
  const gone = await runImportOf(ctx, { file: file('25.00', ''), ...settings })
  expect(gone).toMatchObject({ updated: 1, unchanged: 0, report: [] })
  expect(await prices()).toEqual(['eur 25.00 1', 'sale 15.00 10'])
  expect(await runImportOf(ctx, { file: file('25.00', ''), ...settings })).toMatchObject({ unchanged: 1 })
  await runImportOf(ctx, { file: file('19.99', '25.00'), ...settings })
  const own = 'slug,sku,price,compareAtPrice\ncap,CAP,22.00,\n'
  await runImportOf(ctx, { file: own, ...settings })
  expect(await prices()).toEqual(['eur 22.00 1', 'sale 19.99 1', 'sale 15.00 10'])
  expect(await runImportOf(ctx, { file: own, ...settings, emptyCells: 'CLEAR' })).toMatchObject({
    updated: 1,
  })
  expect(await prices()).toEqual(['eur 22.00 1', 'sale 15.00 10'])
})

test('columns that a file has not, and types and tags that the shop has not, change nothing of a product', async () => {
  const whole =
    'Handle,Title,Type,Tags,Status,Image Src\nmat,Mat,Shirts,example,draft,https://example.com/mat.jpg\n'
  expect(await runImportOf(ctx, { file: whole })).toMatchObject({ created: 1 })
  const narrow = 'Handle,Title,Type,Tags\nmat,Mat,Unheard,unheard\n'
  expect(await runImportOf(ctx, { file: narrow })).toMatchObject({ unchanged: 1, report: [] })
})

test('a variant that needs no shipping is a service, unless the shop knows better', async () => {
  const file = (ships: string) =>
    `Handle,Title,Variant SKU,Variant Inventory Tracker,Variant Requires Shipping\nclass,Class,CLASS,,${ships}\n`
  const goods = () =>
    db
      .selectFrom('variant')
      .select(['fulfilment', 'track_stock'])
      .where('sku', '=', 'CLASS')
      .executeTakeFirstOrThrow()
  expect(await runImportOf(ctx, { file: file('FALSE') })).toMatchObject({ created: 1, report: [] })
  expect(await goods()).toEqual({ fulfilment: 'SERVICE', track_stock: false })
  expect(await runImportOf(ctx, { file: file('FALSE') })).toMatchObject({ unchanged: 1 })
  await runImportOf(ctx, {
    format: 'JSONL',
    file: '{"slug":"class","variants":[{"sku":"CLASS","goods":{"fulfilment":"DIGITAL"}}]}',
  })
  expect(await runImportOf(ctx, { file: file('FALSE') })).toMatchObject({ unchanged: 1 })
  expect(await goods()).toMatchObject({ fulfilment: 'DIGITAL' })
})

test('a column that is not taken, and types and tags that the shop has not, are told once each, in a sentence', async () => {
  const row = (handle: string, type: string, tags: string) => `${handle},Title,${type},"${tags}",7\n`
  const file = `Handle,Title,Type,Tags,Variant Grams\n${row('w1', 'Shirts', 'example, new')}${row('w2', 'Hats', 'new')}${row('w3', 'Caps', 'new,old')}`
  const job = await runImportOf(ctx, { file })
  expect(job.warnings).toEqual([
    { column: 'Variant Grams', reason: 'NOT_TAKEN' },
    { column: 'Tags', reason: 'NO_COLLECTION', names: ['new', 'old'] },
    { column: 'Type', reason: 'NO_CATEGORY', names: ['hats', 'caps'] },
  ])
  const lines: string[] = []
  for await (const line of reportLines(db, job.id)) lines.push(line.trim())
  expect(lines[3]).toBe(
    '1,,Type,NO_CATEGORY,"No category has these slugs, so products of these types came in without one: hats, caps.","Ninguna categoría tiene estos slugs, así que los productos de estos tipos entraron sin ella: hats, caps."',
  )
})

test('what Shopify exports of its inventory is read as it is', async () => {
  const file = `Handle,Title,Option1 Name,Option1 Value,SKU,HS Code,COO,Location,Bin name,Incoming (not editable),Unavailable (not editable),Committed (not editable),Available (not editable),On hand (current),On hand (new)
example-t-shirt,Example,Size,Small,TS-1,,,main,,0,0,0,11,11,7
mug,Mug,Title,Default Title,MUG-1,,,nowhere,,0,0,0,1,1,2
`
  const job = await runImportOf(ctx, { kind: 'STOCK', file })
  expect(job).toMatchObject({ updated: 1, refused: 1, report: ['3 location ROW_REFERENCE_UNKNOWN'] })
  expect(await runExportOf(ctx, 'STOCK', 'CSV')).toContain('main,TS-1,,7\n')
})
