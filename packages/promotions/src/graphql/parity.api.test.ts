import { staffActor } from '@hilo/access/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, newId, type Uuid } from '@hilo/kernel'
import { insertPrices } from '@hilo/prices'
import { seeding } from '@hilo/catalog/testing'
import { expect, test } from 'vitest'
import { createPricedProduct, createTestPriceList, createTestPromotion } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const shop = testContext(db, { channel: channels.webEu })
const staff = { ...shop, actor: staffActor(['prices:read', 'promotions:read', 'catalog:read']) }
const vip = { id: newId(), code: 'vip' }
await db
  .insertInto('segment')
  .values({ ...vip, name: JSON.stringify({ en: 'VIP' }), created_at: shop.now() })
  .execute()
const { variantId } = await createPricedProduct(shop, {
  sku: 'beans',
  amounts: { EUR: 1000, JPY: 1500 },
  category: 'coffee',
})
await createTestPriceList(shop, {
  code: 'sale-eur',
  currency: 'EUR',
  kind: 'SALE',
  channelIds: [channels.deviceEu.id],
})
await seeding(shop, (inner) => insertPrices(inner, [{ variantId, list: 'sale-eur', amountMinor: 800n }]))
await createTestPromotion(shop, { name: 'VIP', audience: { segments: ['vip'] } as never })
await createTestPromotion(shop, { name: 'Spring', startsAt: '2026-04-01T00:00:00.000Z' })

const id = (channel: { readonly id: Uuid }) => encodeId('channel', channel.id)
const beans = encodeId('variant', variantId)

interface Reported {
  readonly parityReport: {
    readonly columns: readonly object[]
    readonly differenceCount: number
    readonly rows: readonly {
      readonly cells: readonly { readonly unit: { readonly amountMinor: number } | null }[]
    }[]
  }
}

const FIELDS = `columns { channel market segment deviceKind at } cellCount differenceCount truncated
  rows { variant { sku } baseline cells { column published unit { amountMinor currency } final { amountMinor } priceList
    promotions differs reasons { code facts message } } }`

const report = async (input: object, { ctx = staff, fields = FIELDS } = {}) => {
  const { data, errors } = await ask<Reported>(
    `query ($input: ParityReportInput!) { parityReport(input: $input) { ${fields} } }`,
    { ctx, variables: { input } },
  )
  return errors ? errors[0]!.extensions?.['code'] : data.parityReport
}

test('each difference between channels says which list, market or publication makes it', async () => {
  const channelIds = [channels.webEu, channels.deviceEu, channels.webJp, channels.webUs].map(id)
  expect(await report({ variantIds: [beans], channelIds })).toMatchObject({
    cellCount: 4,
    differenceCount: 3,
    truncated: false,
    rows: [
      {
        baseline: 0,
        cells: [
          { unit: { amountMinor: 1000, currency: 'EUR' }, differs: false, reasons: [] },
          {
            unit: { amountMinor: 800 },
            priceList: 'sale-eur',
            differs: true,
            reasons: [
              {
                code: 'PRICE_LIST',
                facts: { missThere: 'CHANNEL', missHere: 'LESS_SPECIFIC' },
                message:
                  'The price is from the list “sale-eur”, not from “base-eur”: there it is for other channels, here another list goes before it.',
              },
            ],
          },
          {
            unit: { amountMinor: 1500, currency: 'JPY' },
            reasons: [{ code: 'CURRENCY', facts: { here: 'JPY', there: 'EUR' } }, { code: 'PRICE_LIST' }],
          },
          {
            unit: null,
            reasons: [
              { code: 'CURRENCY' },
              { code: 'TAX_MODE' },
              { code: 'NOT_PRICED', facts: { miss: 'CURRENCY' } },
            ],
          },
        ],
      },
    ],
  })
})

test('segments, devices and times are columns too, and promotions say why they do not apply', async () => {
  const found = await report({
    variantIds: [beans],
    segmentIds: [encodeId('segment', vip.id)],
    guest: true,
    deviceKinds: ['APPLIANCE'],
    noDevice: true,
    times: ['2026-03-02T10:00:00.000Z', '2026-04-02T10:00:00.000Z'],
  })
  expect(found).toMatchObject({ cellCount: 8, differenceCount: 6 })
  const { rows, columns } = found as Reported['parityReport']
  expect(columns).toMatchObject([
    { segment: null, deviceKind: null },
    { deviceKind: 'APPLIANCE' },
    {},
    {},
    {},
    {},
    {},
    {},
  ])
  expect(rows[0]!.cells).toMatchObject([
    { unit: { amountMinor: 1000 } },
    { differs: false },
    {
      unit: { amountMinor: 900 },
      reasons: [{ code: 'PROMOTION', facts: { appliesHere: true, code: 'LOGIN_REQUIRED' } }],
    },
    { promotions: ['VIP'] },
    {
      unit: { amountMinor: 900 },
      reasons: [
        {
          facts: { code: 'NOT_STARTED' },
          message: expect.stringContaining('“Spring” applies here') as string,
        },
      ],
    },
    {},
    { unit: { amountMinor: 810 }, reasons: [{}, {}] },
    {},
  ])
})

test('every cell says what that viewer is shown', async () => {
  const viewers = [channels.webEu, channels.deviceEu, channels.webJp].flatMap((channel) =>
    ['2026-03-02T10:00:00.000Z', '2026-04-02T10:00:00.000Z'].flatMap((at) =>
      [null, encodeId('segment', vip.id)].map((segment) => ({ channelId: id(channel), at, segment })),
    ),
  )
  const found = await report({
    variantIds: [beans],
    channelIds: [channels.webEu, channels.deviceEu, channels.webJp].map(id),
    times: ['2026-03-02T10:00:00.000Z', '2026-04-02T10:00:00.000Z'],
    segmentIds: [encodeId('segment', vip.id)],
    guest: true,
  })
  const shown: unknown[] = []
  for (const { segment, ...viewer } of viewers) {
    const { data } = await ask<{ viewAs: { shelfPrices: readonly { unit: object }[] } }>(
      `query ($viewer: ViewerInput!) { viewAs(viewer: $viewer) {
        shelfPrices(variantIds: ["${beans}"]) { unit { amountMinor currency } } } }`,
      { ctx: staff, variables: { viewer: { ...viewer, segmentIds: segment ? [segment] : [] } } },
    )
    shown.push(data.viewAs.shelfPrices[0]!.unit)
  }
  const { rows } = found as Reported['parityReport']
  expect(rows[0]!.cells.map(({ unit }) => unit)).toEqual(shown)
})

test('a price for a segment is asked of that segment alone, and the others are asked what they would be without it', async () => {
  const { variantId: teaId } = await createPricedProduct(shop, { sku: 'tea', amounts: { EUR: 1000 } })
  const club = { id: newId(), code: 'club' }
  await db
    .insertInto('segment')
    .values({ ...club, name: JSON.stringify({ en: 'Club' }), created_at: shop.now() })
    .execute()
  for (const [{ id: segment, code }, amountMinor] of [
    [vip, 700n],
    [club, 800n],
  ] as const) {
    await createTestPriceList(shop, { code: `for-${code}`, currency: 'EUR', segmentIds: [segment] })
    await seeding(shop, (inner) =>
      insertPrices(inner, [{ variantId: teaId, list: `for-${code}`, amountMinor }]),
    )
  }
  const found = await report({
    variantIds: [encodeId('variant', teaId)],
    segmentIds: [vip, club].map(({ id: segment }) => encodeId('segment', segment)),
    guest: true,
  })
  expect((found as Reported['parityReport']).rows[0]!.cells).toMatchObject([
    { unit: { amountMinor: 1000 }, differs: false },
    // The promotion for this segment takes a tenth off.
    { unit: { amountMinor: 630 }, priceList: 'for-vip', reasons: [{ facts: { missThere: 'SEGMENT' } }, {}] },
    { unit: { amountMinor: 800 }, priceList: 'for-club', reasons: [{ facts: { missThere: 'SEGMENT' } }] },
  ])
})

test('a category is compared as a whole, in as many statements as channels, whatever else there is', async () => {
  const { categoryId } = await db
    .selectFrom('product_category')
    .select('category_id as categoryId')
    .executeTakeFirstOrThrow()
  const input = {
    categoryId: encodeId('category', categoryId),
    channelIds: [id(channels.webEu), id(channels.deviceEu)],
  }
  const fields = 'cellCount differenceCount columns { channel } rows { cells { differs reasons { code } } }'
  const count = async (more: object) => {
    const { statements, result } = await recordStatements(() => report({ ...input, ...more }, { fields }))
    return { statements: statements.length, ...(result as { cellCount: number }) }
  }
  const few = await count({})
  for (const sku of ['one', 'two', 'three']) {
    await createPricedProduct(shop, { sku, amounts: { EUR: 500 }, category: 'coffee' })
  }
  const times = Array.from({ length: 5 }, (_, day) => `2026-03-0${day + 1}T00:00:00.000Z`)
  const many = await count({ times, segmentIds: [encodeId('segment', vip.id)], guest: true })
  // The channels, the category, what is in it, each channel's prices, and what lists are called; segments by their ids.
  expect(few).toMatchObject({ statements: 6, cellCount: 2 })
  expect(many).toMatchObject({ statements: 7, cellCount: 80 })
})

test('what is too large, nothing, unknown or beyond what one may read is refused', async () => {
  const variantIds = [beans]
  expect(await report({})).toBe('PARITY_TARGET_INVALID')
  expect(await report({ variantIds, categoryId: encodeId('category', newId()) })).toBe(
    'PARITY_TARGET_INVALID',
  )
  expect(await report({ variantIds: [encodeId('variant', newId())] })).toBe('NOT_FOUND')
  expect(await report({ variantIds, channelIds: [encodeId('channel', newId())] })).toBe('NOT_FOUND')
  expect(await report({ variantIds, segmentIds: [encodeId('segment', newId())] })).toBe('NOT_FOUND')
  const kinds = Array.from({ length: 51 }, (_, kind) => `kind-${kind}`)
  expect(await report({ variantIds, deviceKinds: kinds })).toBe('PARITY_DIMENSION_TOO_LARGE')
  expect(await report({ variantIds, place: { latitude: 0, longitude: 181 } })).toBe('PLACE_INVALID')
  const times = Array.from({ length: 50 }, (_, at) => new Date(at * 1000).toISOString())
  const grown = { deviceKinds: kinds.slice(1), times, channelIds: [channels.webEu, channels.webJp].map(id) }
  expect(await report({ variantIds: [beans, beans], ...grown }, { fields: 'cellCount' })).toMatchObject({
    cellCount: 5000,
  })
  expect(
    await report({
      variantIds,
      ...grown,
      channelIds: Object.values(channels).slice(0, 4).map(id),
      segmentIds: [encodeId('segment', vip.id)],
      guest: true,
    }),
  ).toBe('PARITY_TOO_LARGE')
  const narrowed = {
    ...shop,
    actor: staffActor(['prices:read', 'promotions:read'], { channels: [channels.webJp.id] }),
  }
  expect(await report({ variantIds, channelIds: [id(channels.webEu)] }, { ctx: narrowed })).toBe('FORBIDDEN')
  const promotionsOnly = { ...shop, actor: staffActor(['promotions:read']) }
  expect(await report({ variantIds }, { ctx: promotionsOnly })).toBe('FORBIDDEN')
})
