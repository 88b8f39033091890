import { command } from '@hilo/db'
import { TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { stockLevels } from '@hilo/inventory/testing'
import { newId, SYSTEM, unwrap, type Uuid } from '@hilo/kernel'
import { cancelOrder } from '@hilo/orders'
import { expect, test } from 'vitest'
import { BEANS_TOTAL, createDeviceShop } from './testing/device-shop.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const { channels, beans, createMachine, buy } = await createDeviceShop(ctx)

const ordersOf = (deviceId: Uuid) =>
  db.selectFrom('order').selectAll().where('device_id', '=', deviceId).orderBy('id').execute()

const reserved = async () => (await stockLevels(db, beans.variantId))[0]!.reserved

const spentBy = async (deviceId: Uuid) =>
  (await db.selectFrom('device_spend').select('amount_minor').where('device_id', '=', deviceId).execute())[0]
    ?.amount_minor ?? 0n

test('a slot buys its variant in its quantity, in the channel of the device and the language of its owner', async () => {
  const machine = await createMachine()
  const before = await reserved()
  const bought = await buy(machine.actor, { slot: 'beans' })
  const [order] = await ordersOf(machine.id)
  expect(bought).toMatchObject({
    ok: true,
    replayed: false,
    value: { orderId: order!.id, status: 'PLACED', cancelBy: '2026-03-03T10:00:00.000Z' },
  })
  expect(order).toMatchObject({
    status: 'PLACED',
    slot: 'beans',
    channel_id: channels.deviceEu.id,
    locale: 'es',
    total_minor: 2_500n,
    test: false,
  })
  expect(await reserved()).toBe(before + 2)
  expect(await spentBy(machine.id)).toBe(2_500n)
})

test('of fifty purchases at once against a day limit for ten, exactly ten are placed', async () => {
  const machine = await createMachine({ policy: { maxDayMinor: BEANS_TOTAL * 10n } })
  const before = await reserved()
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => buy(machine.actor, { sku: beans.sku })))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10)
  const codes = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code]))
  expect(new Set(codes)).toEqual(new Set(['DAY_LIMIT']))
  expect(await ordersOf(machine.id)).toHaveLength(10)
  expect(await spentBy(machine.id)).toBe(BEANS_TOTAL * 10n)
  expect(await reserved()).toBe(before + 10)
})

test('the same request twenty times at once is one order and twenty equal answers', async () => {
  const machine = await createMachine()
  const key = newId()
  const outcomes = await Promise.all(
    Array.from({ length: 20 }, () => buy(machine.actor, { sku: beans.sku }, key)),
  )
  expect(await ordersOf(machine.id)).toHaveLength(1)
  const [first, ...others] = outcomes.map((outcome) => unwrap(outcome))
  for (const other of others) expect(other).toEqual(first)
  expect(outcomes.filter(({ replayed }) => replayed)).toHaveLength(19)
})

test('twenty requests for one slot at once are one order and nineteen that wait for it', async () => {
  const machine = await createMachine()
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => buy(machine.actor, { slot: 'beans' })))
  const [order, ...others] = await ordersOf(machine.id)
  expect(others).toEqual([])
  const answers = outcomes.map((outcome) => unwrap(outcome))
  expect(answers.filter(({ status }) => status === 'PLACED')).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 'IN_PROGRESS')).toHaveLength(19)
  expect(new Set(answers.map(({ orderId }) => orderId))).toEqual(new Set([order!.id]))
  expect(await spentBy(machine.id)).toBe(2_500n)
})

test('a slot whose order is over buys again', async () => {
  const machine = await createMachine()
  const { orderId } = unwrap(await buy(machine.actor, { slot: 'beans' }))
  const cancelled = await command(
    { ...ctx, actor: machine.actor },
    { operation: 'deviceOrderCancel', input: orderId },
    (inner) => cancelOrder(inner, { orderId }),
  )
  expect(cancelled.ok).toBe(true)
  expect(unwrap(await buy(machine.actor, { slot: 'beans' })).status).toBe('PLACED')
  expect(await ordersOf(machine.id)).toHaveLength(2)
})

test('a test is placed as a test each time: no stock is taken, nothing spent, no slot kept waiting', async () => {
  const machine = await createMachine()
  const before = await reserved()
  for (let count = 0; count < 2; count += 1) {
    expect(unwrap(await buy(machine.actor, { slot: 'beans', test: true })).status).toBe('TEST_PLACED')
  }
  expect(await ordersOf(machine.id)).toMatchObject([{ test: true }, { test: true }])
  expect([await reserved(), await spentBy(machine.id)]).toEqual([before, 0n])
  expect(unwrap(await buy(machine.actor, { slot: 'beans' })).status).toBe('PLACED')
})

test('a device in test mode only tests, whatever it asks', async () => {
  const machine = await createMachine({ test: true })
  expect(unwrap(await buy(machine.actor, { slot: 'beans', test: false })).status).toBe('TEST_PLACED')
})

test('each no leaves nothing behind', async () => {
  const rich = await createMachine()
  const poor = await createMachine({ policy: { maxOrderMinor: BEANS_TOTAL - 1n } })
  const off = await createMachine({ policy: { maxOrderMinor: null } })
  const before = await reserved()
  const refusal = async (actor: typeof rich.actor, request: Parameters<typeof buy>[1]) => {
    const outcome = await buy(actor, request)
    return outcome.ok ? outcome.value.status : outcome.error.code
  }
  const { sku } = beans
  expect(await refusal(rich.actor, { slot: 'milk' })).toBe('UNKNOWN_SLOT')
  expect(await refusal(rich.actor, { sku: 'MILK' })).toBe('UNKNOWN_SKU')
  expect(await refusal(rich.actor, {})).toBe('SLOT_OR_SKU_REQUIRED')
  expect(await refusal(rich.actor, { slot: 'beans', sku })).toBe('SLOT_OR_SKU_REQUIRED')
  expect(await refusal(rich.actor, { sku, quantity: 0 })).toBe('QUANTITY_INVALID')
  expect(await refusal(rich.actor, { sku, quantity: -1 })).toBe('QUANTITY_INVALID')
  expect(await refusal(rich.actor, { sku, quantity: 11 })).toBe('QUANTITY_ABOVE_POLICY')
  expect(await refusal(rich.actor, { sku, quantity: 10 })).toBe('ABOVE_POLICY')
  expect(await refusal(rich.actor, { sku, expect: { max: 1_499, currency: 'EUR' } })).toBe(
    'PRICE_ABOVE_EXPECTED',
  )
  expect(await refusal(rich.actor, { sku, expect: { max: 9_999, currency: 'USD' } })).toBe('WRONG_CURRENCY')
  expect(await refusal(rich.actor, { sku, sentAt: new Date(TEST_TIME.getTime() - 90_000_000) })).toBe(
    'PURCHASE_TOO_OLD',
  )
  expect(await refusal(poor.actor, { sku })).toBe('ABOVE_POLICY')
  expect(await refusal(off.actor, { sku })).toBe('PURCHASES_OFF')
  expect(await refusal(SYSTEM, { sku })).toBe('FORBIDDEN')
  for (const { id } of [rich, poor, off]) {
    expect(await ordersOf(id)).toEqual([])
    expect(await spentBy(id)).toBe(0n)
  }
  expect(await reserved()).toBe(before)
})

test('a refusal is given again for the same request id, although it would be allowed by now', async () => {
  const machine = await createMachine({ policy: { maxOrderMinor: 1n } })
  const key = newId()
  const first = await buy(machine.actor, { sku: beans.sku }, key)
  await db.updateTable('device').set({ max_order_minor: 10_000n }).where('id', '=', machine.id).execute()
  const again = await buy(machine.actor, { sku: beans.sku }, key)
  expect(again).toMatchObject({ ok: false, replayed: true, error: { code: 'ABOVE_POLICY' } })
  expect(first).toMatchObject({
    error: { data: { limit: { currency: 'EUR' }, amount: { currency: 'EUR' } } },
  })
})

test('a request id stands for one request', async () => {
  const machine = await createMachine()
  const key = newId()
  await buy(machine.actor, { sku: beans.sku }, key)
  expect(await buy(machine.actor, { sku: beans.sku, quantity: 2 }, key)).toMatchObject({
    error: { code: 'IDEMPOTENCY_CONFLICT' },
  })
})

test('more than there is in stock is refused with what there is', async () => {
  const policy = { maxOrderMinor: 10_000_000n, maxDayMinor: 10_000_000n, maxQuantity: 10_000 }
  const machine = await createMachine({ policy })
  expect(await buy(machine.actor, { sku: beans.sku, quantity: 5_000 })).toMatchObject({
    error: { code: 'OUT_OF_STOCK', data: { sku: beans.sku, requested: 5_000 } },
  })
})

test('a device buys neither without the consent of its owner nor after it is revoked', async () => {
  const machine = await createMachine()
  const owner = { customer_id: machine.actor.kind === 'device' ? machine.actor.customerId : '' }
  const withdraw = (at: Date | null) =>
    db.updateTable('consent').set({ withdrawn_at: at }).where('customer_id', '=', owner.customer_id).execute()
  await withdraw(TEST_TIME)
  expect(await buy(machine.actor, { slot: 'beans' })).toMatchObject({ error: { code: 'CONSENT_MISSING' } })
  await withdraw(null)
  await db.updateTable('device').set({ status: 'REVOKED' }).where('id', '=', machine.id).execute()
  expect(await buy(machine.actor, { slot: 'beans' })).toMatchObject({ error: { code: 'DEVICE_REVOKED' } })
})
