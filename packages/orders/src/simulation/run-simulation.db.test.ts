import { createTestCart } from '@hilo/carts/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { createTestLocation, createTestStock } from '@hilo/inventory/testing'
import type { Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import type { PromotionDefinition } from '@hilo/pricing'
import type { Quote } from '@hilo/promotions'
import { beforeEach, expect, test } from 'vitest'
import { createTestOrder } from '../testing/index.ts'
import { runTrial } from './run-simulation.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const place = await createTestLocation(db, { channelIds: [webEu.id] })
const { variantId } = await createPricedProduct(ctx, { sku: 'mug', amounts: { EUR: 1_000 } })
await createTestStock(db, place, { [variantId]: 1_000 })
const lines = [{ variantId, quantity: 1 }]
// Delivery costs 500.

const percentOff = (percent: number): PromotionDefinition => ({
  v: 1,
  trigger: 'AUTOMATIC',
  effect: { kind: 'PERCENT', ratePpm: percent * 10_000, target: 'ITEM' },
})

const run = (definition: PromotionDefinition) =>
  runTrial(ctx, {
    simulation: {
      promotionId: null,
      definition,
      channelIds: [webEu.id],
      since: new Date(ctx.now().getTime() - 1_000),
      until: new Date(ctx.now().getTime() + 1_000),
      maxOrders: 1_000,
    },
    progress: async () => true,
  })

const { id: customerId } = await createTestCustomer(ctx)

const quoteAt = (unitMinor: number): Quote => ({
  variantId,
  marketId: webEu.market.id,
  currency: 'EUR',
  unitMinor,
  listMinor: 1_000,
  priceId: null,
  priceListId: null,
  customerId: null,
  minQuantity: 1,
  maxQuantity: 10,
  issuedAt: ctx.now().getTime(),
  expiresAt: ctx.now().getTime() + 60_000,
})

beforeEach(async () => {
  await db.updateTable('cart').set({ status: 'PARKED' }).where('status', '=', 'ACTIVE').execute()
  await db.updateTable('order').set({ test: true }).execute()
})

test('a line that cost what was quoted keeps that price: a draft for the shelf takes nothing off it', async () => {
  await createTestOrder(ctx, { customerId, lines })
  await createTestOrder(ctx, { customerId, lines: [{ ...lines[0]!, quote: quoteAt(700) }] })
  expect(await run(percentOff(50))).toMatchObject({
    orders: [{ count: 2, exact: 2, touched: 1, revenue: { before: '2700', after: '2200' } }],
  })
})

test('an open cart is reckoned with the prices that were quoted for it, unless the draft makes the shelf cheaper', async () => {
  await createTestCart(ctx, { lines })
  await db
    .updateTable('cart_line')
    .set({ quote: JSON.stringify(quoteAt(700)) })
    .execute()
  expect(await run(percentOff(10))).toMatchObject({ carts: [{ revenue: { before: '1200', after: '1200' } }] })
  expect(await run(percentOff(50))).toMatchObject({ carts: [{ revenue: { before: '1200', after: '1000' } }] })
})

test('customers are read together: ten orders of ten cost no statement more than one', async () => {
  const members = await Promise.all(Array.from({ length: 10 }, () => createTestCustomer(ctx)))
  const order = (member: { readonly id: Uuid }) => createTestOrder(ctx, { customerId: member.id, lines })
  await order(members[0]!)
  const one = await recordStatements(() => run(percentOff(10)))
  for (const member of members.slice(1)) await order(member)
  const many = await recordStatements(() => run(percentOff(10)))
  expect(many.result!.orders).toMatchObject([{ count: 10, touched: 10 }])
  expect(many.statements).toHaveLength(one.statements.length)
})
