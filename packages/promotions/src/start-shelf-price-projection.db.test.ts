import { updateProduct } from '@hilo/catalog'
import { seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed, type StoredEvent } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { money, unwrap, type Uuid } from '@hilo/kernel'
import { setPrice } from '@hilo/prices'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { archivePromotion, pausePromotion, resumePromotion } from './change-status.ts'
import { type ShelfPriceChangedPayload, SHELF_PRICE_CHANGED } from './events.ts'
import { startShelfPriceProjection } from './start-shelf-price-projection.ts'
import { createPricedProduct, createTestPromotion } from './testing/index.ts'

const { db, database } = await testDatabase()
const { webEu, deviceEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const feed = await startEventFeed(database)
const stopping = new AbortController()
const failures: object[] = []
const options = {
  db,
  feed,
  clock: ctx.now,
  logger: { error: (facts: object) => failures.push(facts) },
  signal: stopping.signal,
}
// Two, as when two processes run the worker.
const running = [startShelfPriceProjection(options), startShelfPriceProjection(options)]

afterAll(async () => {
  stopping.abort()
  await Promise.all(running)
  await feed.close()
  expect(failures).toEqual([])
})

const shelf = (event: StoredEvent) => event.payload as ShelfPriceChangedPayload

/** What a subscriber hears, as `sku@channel amount/list`, and the lowest price of a reduced one, from now on. */
const listener = (skus: readonly string[]) => {
  const events = feed.subscribe({
    types: [SHELF_PRICE_CHANGED],
    filter: (event) => skus.includes(shelf(event).sku),
  })
  return async (count: number): Promise<string[]> => {
    const heard: string[] = []
    while (heard.length < count) {
      const { sku, channelCode, ...told } = shelf((await events.next()).value as StoredEvent)
      const lowest = told.lowest30dMinor == null ? '' : ` lowest ${told.lowest30dMinor}`
      heard.push(`${sku}@${channelCode} ${told.amountMinor}/${told.listMinor}${lowest}`)
    }
    return heard.sort()
  }
}

let listId: Uuid
let beans: { productId: Uuid; variantId: Uuid }
const hear = listener(['beans'])

beforeAll(async () => {
  beans = await createPricedProduct(ctx, { sku: 'beans', amounts: { EUR: 1000 }, category: 'coffee' })
  await createPricedProduct(ctx, { sku: 'mug', amounts: { EUR: 500 } })
  const list = await db
    .selectFrom('price_list')
    .select('id')
    .where('code', '=', 'base-eur')
    .executeTakeFirstOrThrow()
  listId = list.id
})

test('A new price is told in each channel that sells the variant, and only there', async () => {
  expect(await hear(2)).toEqual(['beans@device-eu 1000/1000', 'beans@web-eu 1000/1000'])
})

test('A change of price is told once, though two processes follow', async () => {
  const variantId = beans.variantId
  await seeding(ctx, (inner) =>
    setPrice(inner, { variantId, priceListId: listId, amount: money(900n, 'EUR') }),
  )
  expect(await hear(2)).toEqual(['beans@device-eu 900/900', 'beans@web-eu 900/900'])
  await seeding(ctx, (inner) =>
    setPrice(inner, { variantId, priceListId: listId, amount: money(1000n, 'EUR') }),
  )
  expect(await hear(2)).toEqual(['beans@device-eu 1000/1000', 'beans@web-eu 1000/1000'])
})

test('A promotion on devices is told on devices, and its end too', async () => {
  const id = await createTestPromotion(ctx, {
    items: { category: ['coffee'] },
    channels: { kinds: ['DEVICE'] },
  })
  expect(await hear(1)).toEqual(['beans@device-eu 900/1000 lowest 900'])
  await seeding(ctx, (inner) => archivePromotion(inner, { id }))
  expect(await hear(1)).toEqual(['beans@device-eu 1000/1000'])
})

test('The pause of a promotion is told on the shelf, and when it is resumed', async () => {
  const hearOfMug = listener(['mug'])
  const id = await createTestPromotion(ctx, { items: { sku: ['mug'] }, channels: { kinds: ['DEVICE'] } })
  expect(await hearOfMug(1)).toEqual(['mug@device-eu 450/500 lowest 500'])
  await seeding(ctx, (inner) => pausePromotion(inner, { id }))
  expect(await hearOfMug(1)).toEqual(['mug@device-eu 500/500'])
  await seeding(ctx, (inner) => resumePromotion(inner, { id }))
  expect(await hearOfMug(1)).toEqual(['mug@device-eu 450/500 lowest 450'])
})

test('A product that leaves a channel, or the shop, is told as no longer sold', async () => {
  const change = async (fields: object) =>
    unwrap(await seeding(ctx, (inner) => updateProduct(inner, { id: beans.productId, ...fields })))
  await change({ channelIds: [webEu.id] })
  expect(await hear(1)).toEqual(['beans@device-eu null/null'])
  await change({ status: 'DRAFT' })
  expect(await hear(1)).toEqual(['beans@web-eu null/null'])
  await change({ status: 'PUBLISHED', channelIds: [webEu.id, deviceEu.id] })
  expect(await hear(2)).toEqual(['beans@device-eu 1000/1000', 'beans@web-eu 1000/1000'])
})

test('The history has every step of a shelf in order, and the events count them without a gap', async () => {
  const history = await db
    .selectFrom('price_history')
    .select('amount_minor')
    .where('variant_id', '=', beans.variantId)
    .where('channel_id', '=', deviceEu.id)
    .orderBy('id')
    .execute()
  expect(history.map(({ amount_minor }) => amount_minor)).toEqual([
    1000n,
    900n,
    1000n,
    900n,
    1000n,
    null,
    1000n,
  ])
  const events = await db
    .selectFrom('event')
    .select(['seq', 'actor', 'scope'])
    .where('aggregate', '=', 'shelf_price')
    .where('aggregate_id', '=', beans.variantId)
    .orderBy('seq')
    .execute()
  expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1))
  expect(events[0]).toMatchObject({ actor: 'system', scope: { public: true } })
})
