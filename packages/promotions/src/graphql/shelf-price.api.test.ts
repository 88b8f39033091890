import { insertProducts } from '@hilo/catalog'
import { seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { encodeId, GUEST, newId } from '@hilo/kernel'
import { insertPrices } from '@hilo/prices'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startShelfPriceProjection } from '../start-shelf-price-projection.ts'
import { createPricedProduct, createTestPromotion } from '../testing/index.ts'
import './index.ts'

const { db, database } = await testDatabase()
const channels = await createTestChannels(db)
const staff = testContext(db, { channel: channels.webEu })
const guest = { ...staff, actor: GUEST }

beforeAll(async () => {
  await createPricedProduct(staff, { sku: 'a-beans', amounts: { EUR: 1250, JPY: 1600 }, category: 'coffee' })
  const seeds = Array.from({ length: 25 }, (_, index) => ({
    slug: `b-${index}`,
    name: { en: `b ${index}` },
    channelIds: [channels.webEu.id],
    variants: [{ sku: `b-${index}-1` }, { sku: `b-${index}-2` }, { sku: `b-${index}-3` }],
  }))
  await seeding(staff, async (inner) => {
    const products = await insertProducts(inner, seeds)
    const prices = products.flatMap(({ variants }) =>
      variants
        .slice(0, 2)
        .map(({ id }, index) => ({ variantId: id, list: 'base-eur', amountMinor: BigInt(100 + index * 50) })),
    )
    await insertPrices(inner, prices)
  })
  await createTestPromotion(staff, { items: { category: ['coffee'] }, channels: { kinds: ['DEVICE'] } })
  await createTestPromotion(staff, {
    name: 'Three',
    conditions: [{ kind: 'MIN_QUANTITY', quantity: 3 }] as never,
    effect: { kind: 'PERCENT', ratePpm: 500_000, target: 'ORDER' },
  })
})

const price = async (ctx: typeof guest, args = '') => {
  const source = `{ variant(sku: "a-beans") { price${args} {
    quantity unit { amountMinor currency } list { amountMinor } total { amountMinor } tax { amountMinor }
    promotions { name class amount { amountMinor } allocations { lineId } } lowestPrice30d { amountMinor } } } }`
  const { data, errors } = await ask<{ variant: { price: Record<string, unknown> | null } | null }>(source, {
    ctx,
  })
  return errors?.[0]?.extensions?.['code'] ?? data.variant?.price
}

test('What a variant costs depends on the channel: its list, its promotions, its taxes', async () => {
  expect(await price(guest)).toMatchObject({
    quantity: 1,
    unit: { amountMinor: 1250, currency: 'EUR' },
    list: { amountMinor: 1250 },
    total: { amountMinor: 1250 },
    tax: { amountMinor: 217 },
    promotions: [],
    lowestPrice30d: null,
  })
  expect(await price({ ...guest, channel: channels.deviceEu })).toMatchObject({
    unit: { amountMinor: 1125 },
    list: { amountMinor: 1250 },
    promotions: [
      {
        name: '10 % off',
        class: 'CATALOG',
        amount: { amountMinor: 125 },
        allocations: [{ lineId: expect.stringMatching(/^var_/) as string }],
      },
    ],
  })
  expect(await price({ ...guest, channel: channels.webJp })).toMatchObject({
    unit: { amountMinor: 1600, currency: 'JPY' },
  })
  expect(await price({ ...guest, channel: channels.webUs })).toBeNull()
})

test('Several units are priced together, and an impossible quantity is refused', async () => {
  expect(await price(guest, '(quantity: 4)')).toMatchObject({
    quantity: 4,
    unit: { amountMinor: 1250 },
    total: { amountMinor: 2500 },
    promotions: [{ name: 'Three', class: 'ORDER', amount: { amountMinor: 2500 } }],
  })
  for (const quantity of [0, -1, 1_000_001, 2_147_483_647]) {
    expect(await price(guest, `(quantity: ${quantity})`)).toBe('QUANTITY_INVALID')
  }
})

test('A list of 20 products with ranges and prices of all variants takes a constant number of statements', async () => {
  const source = (first: number) => `{ products(first: ${first}) { nodes {
    priceRange { min { amountMinor } max { amountMinor } }
    variants { sku price { unit { amountMinor } list { amountMinor } } bulk: price(quantity: 3) { total { amountMinor } } } } } }`
  interface List {
    products: { nodes: { priceRange: object; variants: { price: object | null }[] }[] }
  }
  const few = await recordStatements(() => ask<List>(source(2), { ctx: guest }))
  const many = await recordStatements(() => ask<List>(source(20), { ctx: guest }))
  const { nodes } = many.result.data.products
  expect(nodes).toHaveLength(20)
  expect(nodes[1]).toMatchObject({
    priceRange: { min: { amountMinor: 100 }, max: { amountMinor: 150 } },
    variants: [
      { price: { unit: { amountMinor: 100 } } },
      { price: { unit: { amountMinor: 150 } } },
      { price: null },
    ],
  })
  // Products with their variants, and everything that prices need.
  expect(few.statements).toHaveLength(2)
  expect(many.statements).toHaveLength(2)
})

test('Subscribers of a channel get prices from the event alone, and resume where they stopped', async () => {
  const feed = await startEventFeed(database)
  const stopping = new AbortController()
  const logger = { error: () => undefined }
  const running = startShelfPriceProjection({ db, feed, clock: staff.now, logger, signal: stopping.signal })
  afterAll(async () => {
    stopping.abort()
    await running
    await feed.close()
  })
  const source = `subscription ($after: String, $skus: [String!]) { priceChanged(after: $after, skus: $skus) {
    eventId sku variantId channel price { amountMinor decimal } list { amountMinor } } }`
  interface News {
    priceChanged: { eventId: string; sku: string; channel: string; price: object }
  }
  const ctx = { ...guest, feed }
  const hear = (variables: object) => listen<News>(source, { ctx, variables: { ...variables } })
  const first = await hear({ skus: ['live'] })
  const { variantId } = await createPricedProduct(staff, { sku: 'live', amounts: { EUR: 700 } })
  const one = (await first.next()).value!
  expect(one.data.priceChanged).toMatchObject({
    sku: 'live',
    channel: 'web-eu',
    variantId: encodeId('variant', variantId),
    price: { amountMinor: 700, decimal: '7.00' },
    list: { amountMinor: 700 },
  })
  await first.return()
  await createTestPromotion(staff, { items: { sku: ['live'] } })
  const second = await hear({ after: one.data.priceChanged.eventId, skus: ['live', newId()] })
  expect((await second.next()).value!.data.priceChanged).toMatchObject({ price: { amountMinor: 630 } })
  const third = await hear({ after: one.data.priceChanged.eventId, skus: ['live'] })
  const { statements } = await recordStatements(() => third.next())
  expect(statements.filter((sql) => !/event|pg_/.test(sql))).toEqual([])
  await Promise.all([second.return(), third.return()])
  await expect(hear({ after: 'nonsense' })).rejects.toThrow('INVALID_CURSOR')
})
