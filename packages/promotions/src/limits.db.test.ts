import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { appendEvents, command, type Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { activePromotions } from './active-promotions.ts'
import { changeCoupon } from './change-coupon.ts'
import { claimPromotions, type PromotionUse } from './claim-promotions.ts'
import { couponBatchesByIds } from './coupon-batch-queries.ts'
import { couponsByCodes } from './coupon-queries.ts'
import { holdCoupon, type HoldRequest } from './hold-coupon.ts'
import { freeExpired, freeHoldOf } from './holds.ts'
import { makeNextCoupons } from './make-coupons.ts'
import { makeOffers, withdrawOffer } from './make-offers.ts'
import { promotionsByIds } from './promotion-queries.ts'
import { releasePromotions } from './release-promotions.ts'
import { requestCoupons, setBatchDisabled } from './request-coupons.ts'
import { createTestPromotion } from './testing/index.ts'
import { updatePromotion } from './update-promotion.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const later = (minutes: number): Context => {
  const at = new Date(ctx.now().getTime() + minutes * 60_000)
  return { ...ctx, now: () => at }
}

const run = <T>(in_: Context, use: (inner: Context) => Promise<Result<T>>) =>
  command(in_, { operation: 'test', input: null }, use)

const claim = (use: Partial<PromotionUse> & Pick<PromotionUse, 'applications'>, in_ = ctx) =>
  run(in_, async (inner) => {
    const claimed = await claimPromotions(inner, { orderId: newId(), currency: 'EUR', ...use })
    if (claimed.ok) await appendEvents(inner, claimed.value)
    return claimed
  })

const release = (orderId: Uuid) =>
  run(ctx, async (inner) => {
    await appendEvents(inner, await releasePromotions(inner, { orderId }))
    return ok(null)
  })

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code)

const tally = (results: readonly Result<unknown>[]) =>
  Object.fromEntries([...Map.groupBy(results, codeOf)].map(([code, all]) => [code, all.length]))

const spent = async (id: Uuid) =>
  (await promotionsByIds(db, 'all', [id]))[0]!.budgets.map(({ spentMinor }) => spentMinor)

const cart = async (): Promise<Uuid> => {
  const id = newId()
  await db
    .insertInto('cart')
    .values({ id, token_hash: Buffer.from(id), channel_id: webEu.id, market_id: webEu.market.id })
    .execute()
  return id
}

const hold = (request: Partial<HoldRequest> & Pick<HoldRequest, 'cartId' | 'code'>, in_ = ctx) =>
  run(in_, (inner) => holdCoupon(inner, { email: `${request.cartId}@home.test`, ...request }))

test('A budget is spent to the last cent and never beyond, however many orders come at once', async () => {
  const id = await createTestPromotion(ctx, { budgets: [{ currency: 'EUR', amountMinor: 1_000n }] })
  const use = { applications: [{ promotionId: id, amount: 150n }] }
  const results = await Promise.all(Array.from({ length: 40 }, () => claim(use)))
  expect(tally(results)).toEqual({ ok: 6, PROMOTION_SPENT: 34 })
  expect(await spent(id)).toEqual([900n])
  expect(codeOf(await claim({ applications: [{ promotionId: id, amount: 100n }] }))).toBe('ok')
  const input = (await activePromotions(db, { currency: 'EUR' })).find((promotion) => promotion.id === id)
  expect(input).toMatchObject({ budgetSpent: true, budgetLeft: { amountMinor: 0n, currency: 'EUR' } })
})

test('A cancelled order gives back what it took from the budget once, and a promotion holds in the currencies of its budgets only', async () => {
  const id = await createTestPromotion(ctx, { budgets: [{ currency: 'EUR', amountMinor: 500n }] })
  const orderId = newId()
  await claim({ orderId, applications: [{ promotionId: id, amount: 400n }] })
  await Promise.all(Array.from({ length: 10 }, () => release(orderId)))
  expect(await spent(id)).toEqual([0n])
  const [inYen] = (await activePromotions(db, { currency: 'JPY' })).filter((promotion) => promotion.id === id)
  expect(inYen!.budgetSpent).toBe(true)
})

test('A budget that is set later counts what orders took off before', async () => {
  const id = await createTestPromotion(ctx, {})
  await claim({ applications: [{ promotionId: id, amount: 300n }] })
  await run(ctx, (inner) =>
    updatePromotion(inner, { id, budgets: [{ currency: 'EUR', amountMinor: 1_000n }] }),
  )
  expect(await spent(id)).toEqual([300n])
  await run(ctx, (inner) => updatePromotion(inner, { id, budgets: [] }))
  expect(await spent(id)).toEqual([])
})

test('A code has a limit for each customer, which holds for orders at once', async () => {
  const id = await createTestPromotion(ctx, { couponCodes: ['TWICE'] })
  const coupon = await db
    .selectFrom('coupon')
    .select('id')
    .where('code', '=', 'TWICE')
    .executeTakeFirstOrThrow()
  await run(ctx, (inner) => changeCoupon(inner, { id: coupon.id, perCustomerLimit: 2 }))
  const applications = [{ promotionId: id, couponCode: 'TWICE' }]
  const mine = await Promise.all(
    Array.from({ length: 12 }, () => claim({ email: 'a@home.test', applications })),
  )
  expect(tally(mine)).toEqual({ ok: 2, COUPON_CUSTOMER_LIMIT: 10 })
  expect(codeOf(await claim({ email: 'b@home.test', applications }))).toBe('ok')
  expect(codeOf(await claim({ applications }))).toBe('COUPON_NEEDS_CUSTOMER')
  await run(ctx, (inner) => changeCoupon(inner, { id: coupon.id, disabled: true }))
  expect(codeOf(await claim({ email: 'c@home.test', applications }))).toBe('COUPON_SPENT')
  expect(await couponsByCodes(db, ['TWICE'], { now: ctx.now() })).toMatchObject([{ withdrawn: true }])
})

test('The last use of a code is held by one cart of many, which alone can use it', async () => {
  const id = await createTestPromotion(ctx, { couponCodes: ['LAST'], usageLimit: 1 })
  const carts = await Promise.all(Array.from({ length: 10 }, cart))
  const results = await Promise.all(carts.map((cartId) => hold({ cartId, code: 'LAST' })))
  expect(tally(results)).toEqual({ ok: 1, COUPON_HELD: 9 })
  const holder = carts[results.findIndex(({ ok }) => ok)]!
  const asked = { couponed: [id], now: ctx.now() }
  const limitFor = async (cartId: Uuid | null) =>
    (await activePromotions(db, { ...asked, cartId })).find((promotion) => promotion.id === id)!.limitReached
  expect([await limitFor(null), await limitFor(holder)]).toEqual([true, false])
  const applications = [{ promotionId: id, couponCode: 'LAST' }]
  expect(codeOf(await claim({ applications }))).toBe('PROMOTION_SPENT')
  expect(codeOf(await hold({ cartId: await cart(), code: 'LAST' }))).toBe('COUPON_HELD')
  expect(codeOf(await claim({ cartId: holder, applications }))).toBe('ok')
  expect(codeOf(await claim({ applications }))).toBe('PROMOTION_SPENT')
})

test('A hold expires by itself, and is free again at once without a worker', async () => {
  const id = await createTestPromotion(ctx, { couponCodes: ['SOON'], usageLimit: 1 })
  const applications = [{ promotionId: id, couponCode: 'SOON' }]
  const first = await cart()
  const held = await hold({ cartId: first, code: 'SOON' })
  const again = await hold({ cartId: first, code: 'SOON' }, later(10))
  expect(again).toMatchObject({ ok: true, value: held.ok ? held.value : {} })
  expect(codeOf(await claim({ applications }, later(14)))).toBe('PROMOTION_SPENT')
  expect(codeOf(await claim({ applications }, later(16)))).toBe('ok')
  expect(codeOf(await hold({ cartId: await cart(), code: 'SOON' }, later(16)))).toBe('COUPON_SPENT')
})

test('A hold that is let go can be had by others, once; one without a limit is none; and nobody keeps more than three', async () => {
  const id = await createTestPromotion(ctx, { couponCodes: ['FREE'], usageLimit: 1 })
  const cartId = await cart()
  await hold({ cartId, code: 'FREE' })
  await Promise.all(
    Array.from({ length: 5 }, () => run(ctx, async (inner) => ok(await freeHoldOf(inner, cartId)))),
  )
  expect((await promotionsByIds(db, 'all', [id]))[0]!.used).toBe(0)
  await createTestPromotion(ctx, { couponCodes: ['ENDLESS'] })
  expect(await hold({ cartId, code: 'ENDLESS' })).toMatchObject({ ok: true, value: null })
  await createTestPromotion(ctx, { couponCodes: ['MANY'], usageLimit: 100 })
  const email = 'greedy@home.test'
  const carts = await Promise.all(Array.from({ length: 8 }, cart))
  const results = await Promise.all(carts.map((each) => hold({ cartId: each, code: 'MANY', email })))
  expect(tally(results)).toEqual({ ok: 3, COUPON_HOLD_LIMIT: 5 })
  expect(codeOf(await hold({ cartId: await cart(), code: 'MANY', email: null }))).toBe(
    'COUPON_NEEDS_CUSTOMER',
  )
  await run(later(20), async (inner) => ok(await freeExpired(inner)))
  expect(codeOf(await hold({ cartId: await cart(), code: 'MANY', email }))).toBe('ok')
})

test('An offer is used by its customer as often as it says, until it expires or is withdrawn', async () => {
  const id = await createTestPromotion(ctx, { trigger: 'OFFER' })
  const { id: customerId } = await createTestCustomer(ctx)
  const expiresAt = later(60).now()
  const make = (customerIds: readonly Uuid[]) =>
    run(ctx, (inner) => makeOffers(inner, { promotionId: id, customerIds, expiresAt }))
  const made = await make([customerId])
  const offerId = made.ok ? made.value.offerIds[0]! : ''
  const seen = async (asker: Uuid, in_ = ctx) =>
    (await activePromotions(db, { offered: { customerId: asker, now: in_.now() } })).some(
      (promotion) => promotion.id === id,
    )
  expect([await seen(customerId), await seen(newId()), await seen(customerId, later(61))]).toEqual([
    true,
    false,
    false,
  ])
  const use = { customerId, applications: [{ promotionId: id, offerId }] }
  const orderId = newId()
  expect(codeOf(await claim({ ...use, orderId }))).toBe('ok')
  expect(codeOf(await claim(use))).toBe('OFFER_OVER')
  await release(orderId)
  expect(codeOf(await claim(use, later(61)))).toBe('OFFER_OVER')
  await run(ctx, (inner) => withdrawOffer(inner, { id: offerId }))
  expect(codeOf(await claim(use))).toBe('OFFER_OVER')
  expect(codeOf(await make([newId()]))).toBe('NOT_FOUND')
  const automatic = await createTestPromotion(ctx, {})
  const wrong = { promotionId: automatic, customerIds: [customerId], expiresAt }
  expect(await run(ctx, (inner) => makeOffers(inner, wrong))).toMatchObject({
    error: { code: 'OFFER_INVALID', path: ['promotionId'] },
  })
  const past = { ...wrong, promotionId: id, startsAt: later(-120).now(), expiresAt: later(-60).now() }
  expect(await run(ctx, (inner) => makeOffers(inner, past))).toMatchObject({
    error: { code: 'OFFER_INVALID', path: ['expiresAt'] },
  })
})

test('Codes are made in batches by whoever is there, each once, as the pattern says, and are switched off together', async () => {
  const id = await createTestPromotion(ctx, { couponCodes: ['BY-HAND'] })
  const asked = await run(ctx, (inner) =>
    requestCoupons(inner, {
      promotionId: id,
      count: 12_000,
      prefix: 'X-',
      pattern: '#####-#####',
      usageLimit: 1,
    }),
  )
  const batchId = asked.ok ? asked.value.batchId : ''
  while (await makeNextCoupons(ctx)) await Promise.all([makeNextCoupons(ctx), makeNextCoupons(ctx)])
  const [batch] = await couponBatchesByIds(db, 'all', [batchId])
  expect(batch).toMatchObject({ count: 12_000, made: 12_000 })
  const coupons = await db.selectFrom('coupon').select('code').where('batch_id', '=', batchId).execute()
  expect(coupons).toHaveLength(12_000)
  for (const { code } of coupons) expect(code).toMatch(/^X-[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/)
  const [{ code } = { code: '' }] = coupons
  expect(await couponsByCodes(db, [code], { now: ctx.now() })).toHaveLength(1)
  await run(ctx, (inner) => setBatchDisabled(inner, { id: batchId, disabled: true }))
  const both = await couponsByCodes(db, [code, 'BY-HAND'], { now: ctx.now() })
  expect(both.find((coupon) => coupon.code === code)).toMatchObject({ withdrawn: true })
  expect(both.find((coupon) => coupon.code === 'BY-HAND')).toMatchObject({ withdrawn: false })
  await run(ctx, (inner) => updatePromotion(inner, { id, couponCodes: ['ANOTHER'] }))
  const kept = await db.selectFrom('coupon').select('id').where('promotion_id', '=', id).execute()
  expect(kept).toHaveLength(12_001)
})

test('A batch that could be guessed, or makes no sense, is refused with its field', async () => {
  const id = await createTestPromotion(ctx, { couponCodes: ['SOME'] })
  const expiresAt = later(-1).now()
  for (const [wrong, expected] of [
    [{ count: 1_000, pattern: '#####' }, 'COUPON_PATTERN_TOO_SHORT pattern'],
    [{ count: 0 }, 'COUPON_BATCH_INVALID count'],
    [{ count: 1_000_001 }, 'COUPON_BATCH_INVALID count'],
    [{ count: 1, prefix: 'A B' }, 'COUPON_BATCH_INVALID prefix'],
    [{ count: 1, expiresAt }, 'COUPON_BATCH_INVALID expiresAt'],
    [{ count: 1, usageLimit: 0 }, 'LIMIT_INVALID usageLimit'],
    [{ count: 1, promotionId: newId() }, 'NOT_FOUND promotionId'],
  ] as const) {
    const refused = await run(ctx, (inner) => requestCoupons(inner, { promotionId: id, ...wrong }))
    expect(refused.ok || `${refused.error.code} ${refused.error.path.join('.')}`).toBe(expected)
  }
})
