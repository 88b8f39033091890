import { activeCart, readableCarts } from '@hilo/carts'
import { createTestCart } from '@hilo/carts/testing'
import { createTestChannels, type TestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command, type Context } from '@hilo/db'
import { testContext, testDatabase, TEST_TIME } from '@hilo/db/testing'
import { createTestLocation, createTestStock, stockLevels } from '@hilo/inventory/testing'
import { COMMON, money, newId, SYSTEM, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion } from '@hilo/promotions/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { cancelOrder, type DirectOrder, ordersByIds, placeDirectOrder, readableOrders } from './index.ts'

const { db } = await testDatabase()
let channels: TestChannels
let ctx: Context
let customerId: Uuid
let variantId: Uuid

const deviceId = newId()

beforeAll(async () => {
  channels = await createTestChannels(db)
  const system = testContext(db, { channel: channels.deviceEu })
  customerId = (await createTestCustomer(system)).id
  ctx = { ...system, actor: { kind: 'device', deviceId, customerId } }
  variantId = (await createPricedProduct(system, { sku: 'pods', amounts: { EUR: 1000 } })).variantId
  const place = await createTestLocation(db, { channelIds: [channels.deviceEu.id] })
  await createTestStock(db, place, { [variantId]: 20 })
})

const buy = (order: Partial<DirectOrder>) =>
  command(ctx, { operation: 'purchase', input: null }, (inner) =>
    placeDirectOrder(inner, { customerId, deviceId, lines: [{ variantId, quantity: 1 }], ...order }),
  )

const orderOf = async (outcome: Awaited<ReturnType<typeof buy>>) => {
  if (!outcome.ok) throw new Error(outcome.error.code)
  return (await ordersByIds(db, readableOrders(ctx), [outcome.value.orderId]))[0]!
}

const reserved = async () => (await stockLevels(db, variantId))[0]!.reserved

describe('a direct order', () => {
  it('leaves the active cart of the customer alone', async () => {
    const customer: Context = { ...ctx, channel: channels.webEu, actor: { kind: 'customer', customerId } }
    const cart = await createTestCart(customer, { lines: [{ variantId, quantity: 3 }] })
    const row = await orderOf(await buy({ slot: 'a', cancelWindowMinutes: 90 }))
    expect(row).toMatchObject({ customerId, deviceId, slot: 'a', test: false, total: 1500n })
    expect(row.cancelBy).toEqual(new Date(TEST_TIME.getTime() + 90 * 60_000))
    expect(row.cartId).not.toBe(cart.cartId)
    const active = await activeCart(db, readableCarts(customer), channels.webEu.market.id)
    expect(active).toMatchObject({ id: cart.cartId, version: 2 })
  })

  it('is heard by its customer, its device, and staff who read orders', async () => {
    const row = await orderOf(await buy({ slot: 'b' }))
    const event = await db
      .selectFrom('event')
      .select(['scope', 'permission', 'payload'])
      .where('aggregate_id', '=', row.id)
      .executeTakeFirstOrThrow()
    expect(event).toMatchObject({
      scope: { customer: customerId, device: deviceId },
      permission: 'orders:read',
      payload: { deviceId, slot: 'b', lines: [{ sku: 'pods', quantity: 1 }] },
    })
  })

  it('as a test is priced and kept, but takes no stock and uses up no promotion', async () => {
    const promotion = await createTestPromotion({ ...ctx, actor: SYSTEM }, { name: 'Once', usageLimit: 1 })
    const before = await reserved()
    for (const _time of [1, 2]) {
      expect(await orderOf(await buy({ test: true }))).toMatchObject({ test: true, total: 1400n })
    }
    expect(await reserved()).toBe(before)
    const { used } = await db
      .selectFrom('promotion')
      .select('used')
      .where('id', '=', promotion)
      .executeTakeFirstOrThrow()
    expect(used).toBe(0)
    await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', '=', promotion).execute()
  })

  it('as a test can be cancelled, which gives nothing back', async () => {
    const before = await reserved()
    const { id: orderId } = await orderOf(await buy({ test: true }))
    const cancelled = await command(ctx, { operation: 'cancel', input: null }, (inner) =>
      cancelOrder(inner, { orderId }),
    )
    expect(cancelled.ok).toBe(true)
    expect(await reserved()).toBe(before)
  })

  it('is refused above the most it may cost, for unknown goods and bad quantities', async () => {
    const codes = await Promise.all(
      [
        { expectedMax: money(1499n, 'EUR') },
        { expectedMax: money(1500n, 'USD') },
        { lines: [{ variantId: newId(), quantity: 1 }] },
        { lines: [{ variantId, quantity: 0 }] },
        { lines: [{ variantId, quantity: 5_000_000 }] },
        { lines: [{ variantId, quantity: 500 }] },
        { lines: [] },
      ].map(async (order) => {
        const outcome = await buy(order)
        return outcome.ok ? 'ok' : outcome.error.code
      }),
    )
    expect(codes).toEqual([
      'PRICE_CHANGED',
      'WRONG_CURRENCY',
      'NOT_FOUND',
      'QUANTITY_INVALID',
      'QUANTITY_INVALID',
      'OUT_OF_STOCK',
      'CART_EMPTY',
    ])
    expect((await buy({ expectedMax: money(1500n, 'EUR') })).ok).toBe(true)
  })

  it('is taken back whole when the caller refuses afterwards', async () => {
    const before = await reserved()
    const outcome = await command(ctx, { operation: 'purchase', input: null }, async (inner) => {
      const order = await placeDirectOrder(inner, { customerId, lines: [{ variantId, quantity: 1 }] })
      return order.ok ? COMMON.refuse('FORBIDDEN', { permission: 'more' }) : order
    })
    expect(outcome).toMatchObject({ error: { code: 'FORBIDDEN' } })
    expect(await reserved()).toBe(before)
  })
})
