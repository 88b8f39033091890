import { cartsByIds, type NewCart, priceCart, readableCarts } from '@hilo/carts'
import { createTestCart } from '@hilo/carts/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { command } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { createTestLocation, createTestStock, stockLevels } from '@hilo/inventory/testing'
import { unwrap, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion } from '@hilo/promotions/testing'
import { expect, test } from 'vitest'
import { cancelOrder } from './cancel-order.ts'
import { placeOrder } from './place-order.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const place = await createTestLocation(db, { channelIds: [webEu.id] })

const stocked = async (sku: string, pieces: number): Promise<Uuid> => {
  const { variantId } = await createPricedProduct(ctx, { sku, amounts: { EUR: 1_000 } })
  await createTestStock(db, place, { [variantId]: pieces })
  return variantId
}

const mug = await stocked('mug', 100)
const reserved = async (variantId: Uuid) => (await stockLevels(db, variantId))[0]!.reserved

const begin = (quantity: number, details: NewCart = {}) =>
  createTestCart(ctx, { lines: [{ variantId: mug, quantity }], email: 'a@home.test', ...details })

const order = async (quantity = 1, details: NewCart = {}) => {
  const { ctx: guest, cartId } = await begin(quantity, details)
  const { orderId } = unwrap(
    await command(guest, { operation: 'place', input: null }, (inner) => placeOrder(inner, { cartId })),
  )
  const row = await db
    .selectFrom('order')
    .select(['points', 'missed_gifts', 'total_minor'])
    .where('id', '=', orderId)
    .executeTakeFirstOrThrow()
  const lines = await db
    .selectFrom('order_line')
    .select(['sku', 'quantity', 'gift', 'gross_minor'])
    .where('order_id', '=', orderId)
    .orderBy('position')
    .execute()
  return { guest, orderId, lines, ...row }
}

const giving = (variantId: Uuid, more = {}) =>
  createTestPromotion(ctx, {
    name: 'A pen for two mugs',
    effect: { kind: 'GIFT', variant: variantId, every: 2 },
    ...more,
  })

const end = (id: Uuid) =>
  db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', '=', id).execute()

test('A gift is a line of the order for nothing, takes its stock, and is given back with the order', async () => {
  const pen = await stocked('pen', 5)
  const id = await giving(pen)
  expect((await order(1)).lines).toHaveLength(1)
  const { guest, orderId, lines, missed_gifts } = await order(4)
  expect(lines).toMatchObject([{ sku: 'mug' }, { sku: 'pen', quantity: 2, gift: true, gross_minor: 0n }])
  expect(missed_gifts).toEqual([])
  expect(await reserved(pen)).toBe(2)
  await command(guest, { operation: 'cancel', input: null }, (inner) => cancelOrder(inner, { orderId }))
  expect(await reserved(pen)).toBe(0)
  const { cartId, ctx: owner } = await begin(2)
  const [cart] = await cartsByIds(db, readableCarts(owner), [cartId])
  expect((await priceCart(owner, cart!)).priced.gifts).toMatchObject([{ sku: 'pen', quantity: 1 }])
  await end(id)
})

test('A gift of which there are too few is not given and said so, and uses up nothing', async () => {
  const rare = await stocked('rare', 1)
  const id = await giving(rare, { usageLimit: 10 })
  const { cartId, ctx: owner } = await begin(4)
  const [cart] = await cartsByIds(db, readableCarts(owner), [cartId])
  const { missedGifts, priced, problems } = await priceCart(owner, cart!)
  expect({ missedGifts, problems }).toMatchObject({
    missedGifts: [{ sku: 'rare', quantity: 2 }],
    problems: [],
  })
  expect(priced.gifts).toEqual([])
  const { lines, missed_gifts } = await order(4)
  expect(lines).toHaveLength(1)
  expect(missed_gifts).toMatchObject([{ promotionId: id, sku: 'rare', quantity: 2 }])
  const used = await db.selectFrom('promotion').select('used').where('id', '=', id).executeTakeFirst()
  expect(used).toEqual({ used: 0 })
  await end(id)
})

test('Of many orders at once as many get the gift as there are, and all are placed', async () => {
  const few = await stocked('few', 3)
  const id = await giving(few, { usageLimit: 100 })
  const orders = await Promise.all(Array.from({ length: 12 }, () => order(2)))
  expect(orders.filter(({ lines }) => lines.some(({ gift }) => gift))).toHaveLength(3)
  expect(orders.every(({ lines, missed_gifts }) => lines.length === 2 || missed_gifts !== null)).toBe(true)
  expect(await reserved(few)).toBe(3)
  const used = await db.selectFrom('promotion').select('used').where('id', '=', id).executeTakeFirst()
  expect(used).toEqual({ used: 3 })
  await end(id)
})

test('Of two promotions with the same gift the first in order gives the last one, and the other says there is none', async () => {
  const last = await stocked('last', 1)
  const once = { kind: 'GIFT', variant: last } as const
  const later = await giving(last, { effect: once, priority: 2 })
  const sooner = await giving(last, { effect: once, priority: 1 })
  const { cartId, ctx: owner } = await begin(1)
  const [cart] = await cartsByIds(db, readableCarts(owner), [cartId])
  const { missedGifts, priced } = await priceCart(owner, cart!)
  expect(priced.gifts).toMatchObject([{ promotionId: sooner, sku: 'last', quantity: 1 }])
  expect(missedGifts).toEqual([{ promotionId: later, sku: 'last', quantity: 1 }])
  expect(priced.trace.find(({ promotionId }) => promotionId === later)).toMatchObject({
    code: 'GIFT_UNAVAILABLE',
    facts: { variantId: last, quantity: 1 },
  })
  const placed = await order(1)
  expect(placed.lines).toMatchObject([{ sku: 'mug' }, { sku: 'last', quantity: 1, gift: true }])
  expect(placed.missed_gifts).toEqual([{ promotionId: later, sku: 'last', quantity: 1 }])
  await Promise.all([later, sooner].map(end))
})

test('Of many orders at once that want two of the same gift none is left over while any could have it', async () => {
  const some = await stocked('some', 5)
  const once = { kind: 'GIFT', variant: some } as const
  const ids = [await giving(some, { effect: once }), await giving(some, { effect: once })]
  const orders = await Promise.all(Array.from({ length: 6 }, () => order(1)))
  const given = orders.map(({ lines }) => lines.filter(({ gift }) => gift).length)
  const missed = orders.map(({ missed_gifts }) => (missed_gifts as unknown[]).length)
  expect(given.reduce((sum, count) => sum + count)).toBe(5)
  expect(orders.map((_, index) => given[index]! + missed[index]!)).toEqual(orders.map(() => 2))
  await Promise.all(ids.map(end))
})

test('Methods and a place start promotions, and points are noted with the order', async () => {
  const id = await createTestPromotion(ctx, {
    audience: { near: { latitude: 40.4, longitude: -3.7, radiusMetres: 5_000 } },
    conditions: [{ kind: 'PAYMENT_METHOD', methods: ['card'] }],
    effect: { kind: 'POINTS', points: 7 },
  })
  const here = { latitude: 40.41, longitude: -3.7 }
  expect((await order(1)).points).toBe(0n)
  expect((await order(1, { place: here })).points).toBe(0n)
  expect((await order(1, { place: here, paymentMethod: 'card' })).points).toBe(7n)
  expect((await order(1, { place: { ...here, latitude: 41 }, paymentMethod: 'card' })).points).toBe(0n)
  await end(id)
})
