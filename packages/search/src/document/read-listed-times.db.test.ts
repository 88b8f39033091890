import { bundleTestVariant, createTestProduct, seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { newId, type Uuid } from '@hilo/kernel'
import { insertPrices, type PriceSeed } from '@hilo/prices'
import { createTestPriceList } from '@hilo/prices/testing'
import { expect, test } from 'vitest'
import { indexAll, lookFor } from '../testing/index.ts'

const { db } = await testDatabase()
const { webEu, deviceEu, webUs } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const tradeId = newId()
await db.insertInto('customer_group').values({ id: tradeId, code: 'trade', name: '{}' }).execute()

const DAY = 24 * 60 * 60 * 1_000
/** Days from now. */
const inDays = (days: number): Date => new Date(ctx.now().getTime() + days * DAY)
const time = (from: number | null, until: number | null) => ({
  from: from === null ? null : inDays(from),
  until: until === null ? null : inDays(until),
})

const tradeList = (code: string, more: Partial<Parameters<typeof createTestPriceList>[1]> = {}) =>
  createTestPriceList(ctx, { code, kind: 'CONTRACT', currency: 'EUR', customerGroupIds: [tradeId], ...more })

let made = 0
/** A product that these lists price for some customers. */
const make = async (prices: readonly Omit<PriceSeed, 'variantId' | 'amountMinor'>[]) => {
  const sku = `THING-${(made += 1)}`
  const { variantId } = await createTestProduct(ctx, { sku })
  await seeding(ctx, (inner) =>
    insertPrices(
      inner,
      prices.map((price) => ({ ...price, variantId, amountMinor: 900n })),
    ),
  )
  return { sku, variantId }
}

/** On which of these days it is found, looked for without anything being indexed again. */
const foundOn = async ({ sku }: { readonly sku: string }, days: readonly number[]) => {
  const found = await Promise.all(
    days.map(async (day) => (await lookFor(ctx, sku, { now: inDays(day) })).hits.length === 1),
  )
  return days.filter((_, index) => found[index])
}

const foundIn = async ({ sku }: { readonly sku: string }, channelIds: readonly Uuid[]) => {
  const found = await Promise.all(
    channelIds.map(async (channelId) => (await lookFor(ctx, sku, { channelId })).hits.length === 1),
  )
  return channelIds.filter((_, index) => found[index])
}

test('a product is found while a price for some customers holds, not after it and not before it', async () => {
  await tradeList('trade')
  const list = 'trade'
  const over = await make([{ list, valid: time(-9, -1) }])
  const ending = await make([{ list, valid: time(null, 3) }])
  const later = await make([{ list, valid: time(3, 6) }])
  const both = await make([
    { list, valid: time(-9, 2) },
    { list, valid: time(4, 6) },
  ])
  await indexAll(ctx)
  const days = [0, 1, 3, 5, 6]
  expect(await foundOn(over, days)).toEqual([])
  expect(await foundOn(ending, days)).toEqual([0, 1])
  expect(await foundOn(later, days)).toEqual([3, 5])
  expect(await foundOn(both, [0, 1, 5, 6])).toEqual([0, 1, 5])
})

test('a price counts in the time of its list, and where another list derives from that in the time of the other', async () => {
  const baseId = await tradeList('early', { valid: time(null, -1) })
  const derivation = { baseId, adjustmentPpm: 0, rounding: 'NONE', direction: 'NEAREST' } as const
  const product = await make([{ list: 'early', valid: time(null, 5) }])
  await indexAll(ctx)
  expect(await foundOn(product, [0, 2, 4])).toEqual([])
  await tradeList('derived', { derivation, valid: time(1, 9) })
  await indexAll(ctx)
  expect(await foundOn(product, [0, 2, 4, 6])).toEqual([2, 4])
})

test('a product is found within the times of both its publication and its prices', async () => {
  await tradeList('timed')
  const product = await make([{ list: 'timed', valid: time(1, 8) }])
  const within = { published_from: inDays(3), published_until: inDays(10) }
  await db
    .updateTable('product_channel')
    .set(within)
    .where('product_id', 'in', (sub) =>
      sub.selectFrom('variant').select('product_id').where('sku', '=', product.sku),
    )
    .execute()
  await indexAll(ctx)
  expect(await foundOn(product, [2, 4, 9])).toEqual([4])
})

test('a list counts where its currency, its markets and its channels all are', async () => {
  const everywhere = [webEu.id, deviceEu.id, webUs.id]
  await tradeList('euro')
  await tradeList('us-in-euro', { marketIds: [webUs.market.id] })
  await tradeList('eu', { marketIds: [webEu.market.id, webUs.market.id] })
  await tradeList('device', { channelIds: [deviceEu.id, webUs.id] })
  await tradeList('device-elsewhere', { channelIds: [deviceEu.id], marketIds: [webUs.market.id] })
  await tradeList('dollar', { currency: 'USD', channelIds: [webEu.id, webUs.id] })
  const products = new Map<string, Awaited<ReturnType<typeof make>>>()
  for (const list of ['euro', 'us-in-euro', 'eu', 'device', 'device-elsewhere', 'dollar'])
    products.set(list, await make([{ list }]))
  const several = await make([{ list: 'dollar' }, { list: 'device' }])
  await indexAll(ctx)
  const placesOf = (list: string) => foundIn(products.get(list)!, everywhere)
  expect(await placesOf('euro')).toEqual([webEu.id, deviceEu.id])
  expect(await placesOf('us-in-euro')).toEqual([])
  expect(await placesOf('eu')).toEqual([webEu.id, deviceEu.id])
  expect(await placesOf('device')).toEqual([deviceEu.id])
  expect(await placesOf('device-elsewhere')).toEqual([])
  expect(await placesOf('dollar')).toEqual([webUs.id])
  expect(await foundIn(several, everywhere)).toEqual([deviceEu.id, webUs.id])
})

test('a bundle is found by prices of its components only when it costs what these do', async () => {
  await tradeList('parts')
  const part = await make([{ list: 'parts' }])
  const [sum, fixed] = [await make([]), await make([])]
  await bundleTestVariant(ctx, sum.variantId, { [part.variantId]: 2 }, 100_000)
  await bundleTestVariant(ctx, fixed.variantId, { [part.variantId]: 2 })
  await indexAll(ctx)
  expect([await foundOn(sum, [0]), await foundOn(fixed, [0])]).toEqual([[0], []])
})
