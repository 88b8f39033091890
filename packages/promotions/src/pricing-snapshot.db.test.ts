import { seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { GUEST, newId, type Uuid } from '@hilo/kernel'
import { insertPrices } from '@hilo/prices'
import { price } from '@hilo/pricing'
import { beforeAll, expect, test } from 'vitest'
import { archivePromotion } from './change-status.ts'
import { pricingSnapshot, type PricingQuestion } from './pricing-snapshot.ts'
import {
  createPricedProduct,
  createTestPriceList,
  createTestPromotion,
  priceTestVariant,
} from './testing/index.ts'
import { publishPromotion, updatePromotion } from './update-promotion.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const system = testContext(db, { channel: channels.webEu })
const guest = { ...system, actor: GUEST }

let beans: Uuid
let mug: Uuid

beforeAll(async () => {
  beans = (
    await createPricedProduct(system, {
      sku: 'beans',
      amounts: { EUR: 1000, USD: 1200, JPY: 1600 },
      category: 'drinks/coffee',
    })
  ).variantId
  mug = (await createPricedProduct(system, { sku: 'mug', amounts: { EUR: 500 }, taxClass: 'REDUCED' }))
    .variantId
})

/** Prices one unit of each variant as a cart would. */
const priced = async (ctx: typeof system, question: Partial<PricingQuestion> = {}) => {
  const variantIds = question.variantIds ?? [beans, mug]
  const facts = await pricingSnapshot(ctx, { variantIds, ...question })
  const lines = variantIds.flatMap((id) => {
    const variant = facts.variants.get(id)
    return variant ? [{ ...variant, id, quantity: 1 }] : []
  })
  const cart = { lines, couponCodes: question.couponCodes, delivery: facts.delivery }
  return price(cart, facts.context, facts.snapshot)
}

test('A cart is priced with the list, the taxes and the delivery of its market', async () => {
  const eu = await priced(guest)
  expect(eu.totals).toMatchObject({ subtotal: 1500n, delivery: 500n, total: 2000n })
  expect(eu.taxes.map(({ ratePpm }) => ratePpm)).toEqual([210_000, 100_000])
  const us = await priced({ ...guest, channel: channels.webUs })
  expect(us.lines.map(({ sku }) => sku)).toEqual(['beans'])
  expect(us.problems).toEqual([{ code: 'NOT_PRICED', lineId: mug, sku: 'mug' }])
  const jp = await priced({ ...guest, channel: channels.webJp }, { variantIds: [beans] })
  expect(jp.totals).toMatchObject({ subtotal: 1600n, delivery: 600n })
})

test('What is not published in the channel has no price there, whatever the lists say', async () => {
  const hidden = await createPricedProduct(system, { sku: 'hidden', amounts: { EUR: 1 }, status: 'DRAFT' })
  const foreign = await createPricedProduct(system, {
    sku: 'foreign',
    amounts: { EUR: 1 },
    channelIds: [channels.webUs.id],
  })
  const { problems } = await priced(guest, { variantIds: [hidden.variantId, foreign.variantId, newId()] })
  expect(problems.map(({ code, sku }) => `${code} ${sku}`)).toEqual([
    'NOT_PRICED hidden',
    'NOT_PRICED foreign',
  ])
})

test('A customer gets the prices and promotions of their groups, and so does their device', async () => {
  const [customerId, groupId, deviceId] = [newId(), newId(), newId()]
  await db.insertInto('customer').values({ id: customerId, name: 'Ada' }).execute()
  await db
    .insertInto('customer_group')
    .values({ id: groupId, code: 'trade', name: '{"en":"Trade"}' })
    .execute()
  await db
    .insertInto('customer_group_member')
    .values({ customer_id: customerId, customer_group_id: groupId })
    .execute()
  await createTestPriceList(system, {
    code: 'trade',
    currency: 'EUR',
    kind: 'CONTRACT',
    customerGroupIds: [groupId],
  })
  await seeding(system, (inner) =>
    insertPrices(inner, [{ variantId: mug, list: 'trade', amountMinor: 400n }]),
  )
  const id = await createTestPromotion(system, {
    name: 'Trade',
    audience: { customerGroups: ['trade'], loggedIn: true },
    items: { sku: ['beans'] },
  })
  const customer = { ...guest, actor: { kind: 'customer', customerId } as const }
  const device = { ...guest, actor: { kind: 'device', deviceId, customerId } as const }
  for (const ctx of [customer, device]) {
    expect((await priced(ctx)).lines.map(({ unit }) => unit)).toEqual([900n, 400n])
  }
  expect((await priced(guest)).lines.map(({ unit }) => unit)).toEqual([1000n, 500n])
  expect((await priced(guest, { customerId })).lines.map(({ unit }) => unit)).toEqual([900n, 400n])
  await seeding(system, (inner) => archivePromotion(inner, { id }))
})

test('A category finds the products below it, by slug', async () => {
  const id = await createTestPromotion(system, { items: { category: ['drinks'] } })
  expect((await priced(guest)).lines.map(({ unit }) => unit)).toEqual([900n, 500n])
  await seeding(system, (inner) => archivePromotion(inner, { id }))
})

test('A coupon starts its promotion only as it is written, and nobody without it hears of the promotion', async () => {
  const id = await createTestPromotion(system, { name: 'Secret', couponCodes: ['Ten'] })
  const total = async (couponCodes: string[]) => (await priced(guest, { couponCodes })).totals.total
  expect(await total([])).toBe(2000n)
  expect(await total(['TEN'])).toBe(2000n)
  expect(await total(['Ten', 'Ten'])).toBe(1850n)
  expect((await priced(guest)).trace).toEqual([])
  const { codes } = await priced(guest, { couponCodes: ['TEN'] })
  expect(codes).toMatchObject([{ code: 'TEN', outcome: 'REFUSED', reason: 'UNKNOWN_CODE' }])
  await seeding(system, (inner) => archivePromotion(inner, { id }))
  expect(await total(['Ten'])).toBe(2000n)
})

test('A publication holds at once, a draft of a change does not', async () => {
  const draft = {
    v: 1,
    trigger: 'AUTOMATIC',
    effect: { kind: 'PERCENT', ratePpm: 500_000, target: 'ITEM' },
  } as const
  const id = await createTestPromotion(system, { items: { sku: ['beans'] } })
  const unit = async () => (await priced(guest)).lines[0]!.unit
  expect(await unit()).toBe(900n)
  await seeding(system, (inner) => updatePromotion(inner, { id, definition: draft }))
  expect(await unit()).toBe(900n)
  await seeding(system, (inner) => publishPromotion(inner, { id }))
  expect(await unit()).toBe(500n)
  await seeding(system, (inner) => updatePromotion(inner, { id, name: { en: 'Renamed' } }))
  expect((await priced(guest)).applications).toMatchObject([{ name: { en: 'Renamed' }, version: 3 }])
  await seeding(system, (inner) => archivePromotion(inner, { id }))
  expect(await unit()).toBe(1000n)
})

test('Any number of variants takes one statement for a guest', async () => {
  const more = await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      createPricedProduct(system, { sku: `more-${index}`, amounts: { EUR: 100 } }),
    ),
  )
  await priceTestVariant(system, mug, { USD: 700 })
  const variantIds = [beans, mug, ...more.map(({ variantId }) => variantId)]
  const few = await recordStatements(() => pricingSnapshot(guest, { variantIds: [beans] }))
  const many = await recordStatements(() => pricingSnapshot(guest, { variantIds }))
  expect(few.statements).toHaveLength(1)
  expect(many.statements).toHaveLength(1)
})

test('A stored rule that is none, or gives what is no variant, breaks the prices of nobody', async () => {
  const broken: Uuid[] = []
  for (const definition of [
    { v: 1, trigger: 'AUTOMATIC', effect: { kind: 'GIFT', variant: 'mug' } },
    { v: 1, trigger: 'AUTOMATIC', effect: { kind: 'GIFT', variant: newId() } },
    { v: 1, trigger: 'AUTOMATIC', effect: { kind: 'HALF_OFF' } },
    { v: 1, trigger: 'AUTOMATIC', items: { sku: 7 }, effect: { kind: 'FREE_DELIVERY' } },
    { v: 1, trigger: 'AUTOMATIC' },
  ]) {
    const id = await createTestPromotion(system)
    await db
      .updateTable('promotion_version')
      .set({ definition: JSON.stringify(definition) })
      .where('promotion_id', '=', id)
      .execute()
    broken.push(id)
  }
  const { totals, trace } = await priced(guest)
  expect(totals).toMatchObject({ subtotal: 1500n })
  const codes = broken.map((id) => trace.find(({ promotionId }) => promotionId === id)?.code)
  expect(codes).toEqual(['GIFT_UNAVAILABLE', 'GIFT_UNAVAILABLE', 'UNREADABLE', 'UNREADABLE', 'UNREADABLE'])
  await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', 'in', broken).execute()
})
