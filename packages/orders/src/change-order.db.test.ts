import { staffActor } from '@hilo/access/testing'
import { createTestCart } from '@hilo/carts/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command, type Context } from '@hilo/db'
import { testContext, testDatabase, TEST_TIME } from '@hilo/db/testing'
import { createTestLocation, createTestStock, ledgerSums, stockLevels } from '@hilo/inventory/testing'
import { GUEST, newId, type Result, type Uuid, unwrap } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion } from '@hilo/promotions/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  cancelOrder,
  fulfilOrder,
  type OrderChange,
  ordersByIds,
  placeOrder,
  readableOrders,
} from './index.ts'
import { createTestOrder } from './testing/index.ts'

const { db } = await testDatabase()
let ctx: Context
let staff: Context
let owner: Context
let customerId: Uuid
let place: Uuid

beforeAll(async () => {
  const { webEu } = await createTestChannels(db)
  ctx = testContext(db, { channel: webEu })
  place = await createTestLocation(db, { channelIds: [webEu.id] })
  customerId = (await createTestCustomer(ctx)).id
  owner = { ...ctx, actor: { kind: 'customer', customerId } }
  staff = { ...ctx, actor: staffActor() }
})

const ordered = async (sku: string, quantity = 2) => {
  const { variantId } = await createPricedProduct(ctx, { sku, amounts: { EUR: 1000 } })
  await createTestStock(db, place, { [variantId]: 10 })
  const { orderId } = await createTestOrder(ctx, { customerId, lines: [{ variantId, quantity }] })
  return { variantId, orderId }
}

const cancel = (in_: Context, change: OrderChange & { reason?: string }) =>
  command(in_, { operation: 'cancel', input: null }, (inner) => cancelOrder(inner, change))

const fulfil = (change: OrderChange) =>
  command(staff, { operation: 'fulfil', input: null }, (inner) => fulfilOrder(inner, change))

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code)

const later = (in_: Context, minutes: number): Context => ({
  ...in_,
  now: () => new Date(TEST_TIME.getTime() + minutes * 60_000),
})

describe('cancelling', () => {
  it('gives back the stock once, however many try at once', async () => {
    const { orderId, variantId } = await ordered('cancelled')
    const outcomes = await Promise.all(Array.from({ length: 6 }, () => cancel(owner, { orderId })))
    expect(outcomes.map(codeOf).sort()).toEqual([...Array<string>(5).fill('ILLEGAL_TRANSITION'), 'ok'])
    expect(await stockLevels(db, variantId)).toEqual([{ locationId: place, onHand: 10, reserved: 0 }])
    expect(await ledgerSums(db, variantId)).toEqual({ onHand: 10, reserved: 0 })
    const [row] = await ordersByIds(db, readableOrders(owner), [orderId])
    expect(row).toMatchObject({ status: 'CANCELLED', version: 2, cancelledAt: TEST_TIME })
  })

  it('gives back the uses of promotions, so that they can be used again', async () => {
    await createTestPromotion(ctx, { couponCodes: ['ONCE'], usageLimit: 1 })
    const { variantId } = await createPricedProduct(ctx, { sku: 'coupon', amounts: { EUR: 1000 } })
    await createTestStock(db, place, { [variantId]: 10 })
    const buy = async () => {
      const cart = await createTestCart(ctx, { lines: [{ variantId, quantity: 1 }], email: 'a@home.test' })
      await db.insertInto('cart_coupon').values({ cart_id: cart.cartId, code: 'ONCE' }).execute()
      const outcome = await command(cart.ctx, { operation: 'place', input: null }, (inner) =>
        placeOrder(inner, { cartId: cart.cartId }),
      )
      return { outcome, guest: cart.ctx }
    }
    const first = await buy()
    expect(codeOf((await buy()).outcome)).toBe('COUPON_SPENT')
    const { orderId } = unwrap(first.outcome)
    expect(codeOf(await cancel(first.guest, { orderId }))).toBe('ok')
    expect(codeOf((await buy()).outcome)).toBe('ok')
  })

  it('gives back a use, the budget and that of the customer once, when cancelled again and twice at once', async () => {
    const budgets = [{ currency: 'EUR', amountMinor: 300n }]
    const promotionId = await createTestPromotion(ctx, {
      couponCodes: ['THRICE'],
      usageLimit: 3,
      perCustomerLimit: 1,
      budgets,
    })
    const limits = { usage_limit: 3, per_customer_limit: 1 }
    await db.updateTable('coupon').set(limits).where('code', '=', 'THRICE').execute()
    const { variantId } = await createPricedProduct(ctx, { sku: 'thrice', amounts: { EUR: 1000 } })
    await createTestStock(db, place, { [variantId]: 10 })
    const buy = async (email: string) => {
      const cart = await createTestCart(ctx, { lines: [{ variantId, quantity: 1 }], email })
      await db.insertInto('cart_coupon').values({ cart_id: cart.cartId, code: 'THRICE' }).execute()
      const outcome = await command(cart.ctx, { operation: 'place', input: null }, (inner) =>
        placeOrder(inner, { cartId: cart.cartId }),
      )
      return { outcome, guest: cart.ctx }
    }
    const counts = async () => {
      const [promotion, coupon, budget, claims] = await Promise.all([
        db.selectFrom('promotion').select('used').where('id', '=', promotionId).executeTakeFirstOrThrow(),
        db.selectFrom('coupon').select('used').where('code', '=', 'THRICE').executeTakeFirstOrThrow(),
        db
          .selectFrom('promotion_budget')
          .select('spent_minor')
          .where('promotion_id', '=', promotionId)
          .executeTakeFirstOrThrow(),
        db
          .selectFrom('promotion_claim')
          .select('state')
          .where('promotion_id', '=', promotionId)
          .where('state', '=', 'USED')
          .execute(),
      ])
      return [promotion.used, coupon.used, Number(budget.spent_minor), claims.length]
    }
    const [ana, bo] = [await buy('ana@home.test'), await buy('bo@home.test')]
    expect([codeOf(ana.outcome), codeOf(bo.outcome)]).toEqual(['ok', 'ok'])
    expect(codeOf((await buy('ana@home.test')).outcome)).toBe('COUPON_NOT_FOR_YOU')
    expect(await counts()).toEqual([2, 2, 200, 2])

    const { orderId } = unwrap(ana.outcome)
    const [first, second] = await Promise.all([cancel(ana.guest, { orderId }), cancel(staff, { orderId })])
    expect([codeOf(first), codeOf(second)].sort()).toEqual(['ILLEGAL_TRANSITION', 'ok'])
    expect(codeOf(await cancel(ana.guest, { orderId }))).toBe('ILLEGAL_TRANSITION')
    expect(await counts()).toEqual([1, 1, 100, 1])
    expect(codeOf((await buy('ana@home.test')).outcome)).toBe('ok')
    expect(codeOf((await buy('ana@home.test')).outcome)).toBe('COUPON_NOT_FOR_YOU')
    expect(await counts()).toEqual([2, 2, 200, 2])
  })

  it('is for the owner only in the window, for staff until it is fulfilled', async () => {
    const { orderId } = await ordered('window')
    expect(codeOf(await cancel(later(owner, 60), { orderId }))).toBe('CANCEL_WINDOW_PASSED')
    expect(codeOf(await cancel(later(owner, 59), { orderId, ifVersion: 7 }))).toBe('VERSION_CONFLICT')
    expect(codeOf(await cancel(later(staff, 60 * 24), { orderId, reason: 'Damaged' }))).toBe('ok')
    const event = await db
      .selectFrom('event')
      .select(['payload', 'scope'])
      .where('aggregate_id', '=', orderId)
      .where('type', '=', 'OrderCancelled.v1')
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({ payload: { reason: 'Damaged' }, scope: { customer: customerId } })
  })

  it('is not for those who may only read, nor for anybody else', async () => {
    const { orderId } = await ordered('guarded')
    const other = (await createTestCustomer(ctx)).id
    const codes = [
      { ...ctx, actor: staffActor(['orders:read']) },
      { ...ctx, actor: staffActor(['catalog:write']) },
      { ...ctx, actor: { kind: 'customer', customerId: other } },
      { ...ctx, actor: { kind: 'device', deviceId: newId(), customerId } },
      { ...ctx, actor: GUEST },
    ].map(async (stranger) => codeOf(await cancel(stranger as Context, { orderId })))
    expect(await Promise.all(codes)).toEqual(['FORBIDDEN', ...Array<string>(4).fill('NOT_FOUND')])
    expect(codeOf(await cancel(owner, { orderId, reason: 'x'.repeat(501) }))).toBe('CANCEL_REASON_TOO_LONG')
  })
})

describe('fulfilling', () => {
  it('takes the goods off the shelf once, and ends every other way', async () => {
    const { orderId, variantId } = await ordered('fulfilled', 3)
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => fulfil({ orderId })))
    expect(outcomes.map(codeOf).sort()).toEqual([...Array<string>(3).fill('ILLEGAL_TRANSITION'), 'ok'])
    expect(await stockLevels(db, variantId)).toEqual([{ locationId: place, onHand: 7, reserved: 0 }])
    expect(await cancel(staff, { orderId })).toMatchObject({
      error: { code: 'ILLEGAL_TRANSITION', data: { from: 'FULFILLED', to: 'CANCELLED', allowed: [] } },
    })
  })

  it('and cancelling at once let one of them win', async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const { orderId, variantId } = await ordered(`contest-${round}`, 4)
      const outcomes = await Promise.all([fulfil({ orderId }), cancel(owner, { orderId })])
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
      const onHand = outcomes[0].ok ? 6 : 10
      expect(await stockLevels(db, variantId)).toEqual([{ locationId: place, onHand, reserved: 0 }])
    }
  })
})
