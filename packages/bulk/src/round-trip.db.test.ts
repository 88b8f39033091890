import { createTestChannels } from '@hilo/channels/testing'
import { createTestCollection, createTestType, seeding } from '@hilo/catalog/testing'
import { insertCustomerGroups } from '@hilo/customers'
import { testContext, testDatabase } from '@hilo/db/testing'
import { createLocations } from '@hilo/inventory'
import { insertPriceLists } from '@hilo/prices'
import { expect, test } from 'vitest'
import { BULK_FORMATS, BULK_KINDS } from './job.ts'
import { runExportOf, runImportOf } from './testing/index.ts'

/** A shop with everything that files name, and nothing that they hold. */
const emptyShop = async () => {
  const { db } = await testDatabase()
  const { webEu } = await createTestChannels(db)
  const ctx = testContext(db, { channel: webEu })
  await createTestType(ctx, {
    code: 'tea',
    attributes: [
      { code: 'origin', kind: 'TEXT', localized: true, filterable: false },
      { code: 'tags', kind: 'MULTI_CHOICE', choices: ['green', 'black'] },
      { code: 'grams', kind: 'NUMBER', level: 'VARIANT' },
    ],
  })
  await createTestCollection(ctx, { slug: 'gifts' })
  await createLocations(db, [
    { code: 'main', name: { en: 'Main' }, kind: 'WAREHOUSE', country: 'ES', channelIds: [] },
  ])
  await seeding(ctx, (inner) =>
    insertPriceLists(inner, [{ code: 'eur', name: { en: 'Euro' }, kind: 'BASE', currency: 'EUR' }]),
  )
  await insertCustomerGroups(ctx, [{ code: 'vip', name: { en: 'VIP' } }])
  return ctx
}

const FILES = {
  PRODUCTS: [
    {
      key: 'k1',
      slug: 'sencha',
      name: { en: 'Sencha', es: 'Sencha "verde"; fina, |' },
      description: { en: 'Line\nbreak\r\nand =1+1' },
      seo: { title: { en: 'Tea' }, description: {}, noIndex: true, canonicalUrl: null, imageUrl: null },
      type: 'tea',
      taxClass: 'REDUCED',
      status: 'PUBLISHED',
      attributes: { origin: { en: 'Japan', es: 'Japón' }, tags: ['black', 'green'] },
      collections: ['gifts'],
      channels: ['web-eu', 'web-us'],
      schedules: {
        'web-eu': { from: '2030-01-01T00:00:00+02:00', until: null },
        'web-us': { until: '2031-01-01T00:00:00.000Z' },
      },
      images: [{ url: 'https://example.com/a.jpg', alt: { en: 'A | b' } }, 'https://example.com/b.jpg'],
      options: [
        {
          code: 'size',
          name: { en: 'Size' },
          values: [
            { code: 'l', name: { en: 'L' } },
            { code: 's', name: { en: 'S' } },
          ],
        },
      ],
      variants: [
        {
          key: 'v1',
          sku: 'SEN-S',
          options: { size: 's' },
          attributes: { grams: 12.5 },
          barcodes: ['EAN_13:4006381333931'],
        },
        { sku: 'SEN-L', name: { en: 'Large' }, options: { size: 'l' }, archived: true },
      ],
    },
    { slug: 'bare', name: { en: 'Bare' }, status: 'DRAFT', channels: [] },
    { slug: 'one', name: { es: 'Uno' }, variants: [{ sku: "O'NE" }] },
    {
      slug: 'apples',
      name: { en: 'Apples' },
      variants: [
        { sku: 'APPLE', goods: { measure: { unit: 'KILOGRAM', scale: 3, step: 10, minimum: 100 } } },
        { sku: 'JUICE', options: { pack: 'x' }, goods: { content: { amount: 750, unit: 'MILLILITRE' } } },
        { sku: 'RECIPES', options: { pack: 'y' }, goods: { fulfilment: 'DIGITAL', trackStock: false } },
      ],
      options: [
        {
          code: 'pack',
          name: { en: 'Pack' },
          values: [
            { code: 'x', name: { en: 'X' } },
            { code: 'y', name: { en: 'Y' } },
          ],
        },
      ],
    },
  ],
  PRICES: [
    { priceList: 'eur', sku: 'SEN-S', amount: '12.50' },
    { priceList: 'eur', sku: 'SEN-S', amount: 10, minQuantity: 10, maxQuantity: 50 },
    {
      priceList: 'eur',
      variantKey: 'v1',
      amount: '9',
      minQuantity: 100,
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '2027-01-01T00:00:00Z',
    },
  ],
  STOCK: [
    { location: 'main', sku: 'SEN-S', onHand: 12 },
    { location: 'Main', sku: "O'NE", onHand: 0 },
  ],
  CUSTOMERS: [
    {
      key: 'c1',
      email: 'ana@example.com',
      name: 'Ana',
      locale: 'es',
      groups: ['vip'],
      consents: ['MARKETING'],
      loyaltyTier: 'gold',
    },
    { email: 'bo@example.com', name: 'Bo' },
    { key: 'c3', name: 'Nobody' },
  ],
  PROMOTIONS: [
    {
      key: 'sale',
      name: { en: 'Sale' },
      status: 'PUBLISHED',
      definition: { v: 1, trigger: 'COUPON', effect: { kind: 'PERCENT', target: 'ORDER', ratePpm: 100_000 } },
      couponCodes: ['SAVE10'],
      usageLimit: 50,
      budgets: [{ currency: 'EUR', amountMinor: 100_000 }],
    },
    {
      key: 'resting',
      name: { en: 'Resting' },
      status: 'PAUSED',
      definition: {
        v: 1,
        trigger: 'AUTOMATIC',
        effect: { kind: 'PERCENT', target: 'ORDER', ratePpm: 50_000 },
        caps: { EUR: 5_000, JPY: 8_000 },
      },
    },
  ],
}

const jsonl = (items: readonly object[]) => items.map((item) => `${JSON.stringify(item)}\n`).join('')

test('every kind goes out, into an empty shop, and out again with the same bytes', async () => {
  const first = await emptyShop()
  for (const kind of BULK_KINDS) {
    const job = await runImportOf(first, { kind, format: 'JSONL', file: jsonl(FILES[kind]) })
    expect([kind, ...job.report]).toEqual([kind])
    expect(job.created).toBe(FILES[kind].length)
  }
  for (const format of BULK_FORMATS) {
    const second = await emptyShop()
    for (const kind of BULK_KINDS) {
      const file = await runExportOf(first, kind, format)
      const job = await runImportOf(second, { kind, format, file })
      expect([kind, format, ...job.report]).toEqual([kind, format])
      expect(await runExportOf(second, kind, format)).toBe(file)
      const again = await runImportOf(second, { kind, format, file })
      expect([kind, format, again.unchanged, again.report]).toEqual([kind, format, FILES[kind].length, []])
    }
  }
}, 60_000)
