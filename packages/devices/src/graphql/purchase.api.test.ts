import { createSecretKey, randomBytes } from 'node:crypto'
import { appActor, staffActor } from '@hilo/access/testing'
import { command, startEventFeed } from '@hilo/db'
import { createTestProduct } from '@hilo/catalog/testing'
import { logSettled, recordStatements, TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { ask, listen } from '@hilo/graphql/testing'
import { encodeId, newId, ok, type Actor } from '@hilo/kernel'
import { expect, onTestFinished, test } from 'vitest'
import { notifyOfOrder } from '../notify.ts'
import { createTestPromotion, type TestPromotion } from '@hilo/promotions/testing'
import { createDeviceShop } from '../testing/device-shop.ts'
import { createTestDevice } from '../testing/index.ts'
import './index.ts'

const { db, database } = await testDatabase()
const ctx = testContext(db)
const { ownerId, channels, beans, createMachine, buy } = await createDeviceShop(ctx)
const as = (actor: Actor, variables: Record<string, unknown> = {}) => ({
  ctx: testContext(db, { actor }),
  variables,
})
const owner = { kind: 'customer', customerId: ownerId } as const

const PURCHASE = `mutation ($input: DevicePurchaseInput!) { devicePurchase(input: $input) {
  status cancelBy replayed
  order { number status slot test total { amountMinor currency } device { name } channel { code } cancellable }
  userErrors { code message ... on PriceAboveExpectedError { max { formatted } total { amountMinor } } }
} }`

interface Purchased {
  readonly devicePurchase: {
    readonly order: { readonly number: string } | null
    readonly userErrors: readonly { readonly code: string }[]
  }
}

const purchase = async (actor: Actor, input: object) =>
  (await ask<Purchased>(PURCHASE, as(actor, { input: { idempotencyKey: newId(), ...input } }))).data
    .devicePurchase

test('a device asks the price of its slot and buys at that price', async () => {
  const machine = await createMachine()
  const query =
    '{ devicePrice(slot: "beans") { slot quantity unit { amountMinor } total { amountMinor } variant { sku } } }'
  expect(await ask(query, as(machine.actor))).toEqual({
    data: {
      devicePrice: {
        slot: 'beans',
        quantity: 2,
        unit: { amountMinor: 1_000 },
        total: { amountMinor: 2_500 },
        variant: { sku: beans.sku },
      },
    },
  })
  const input = { slot: 'beans', expect: { max: 2_500, currency: 'EUR' }, idempotencyKey: newId() }
  const answer = await purchase(machine.actor, input)
  expect(answer).toMatchObject({
    status: 'PLACED',
    cancelBy: '2026-03-03T10:00:00.000Z',
    replayed: false,
    order: {
      status: 'PLACED',
      slot: 'beans',
      test: false,
      total: { amountMinor: 2_500, currency: 'EUR' },
      device: { name: 'Coffee machine' },
      channel: { code: 'device-eu' },
      cancellable: true,
    },
    userErrors: [],
  })
  expect(await purchase(machine.actor, input)).toEqual({ ...answer, replayed: true })
})

test('the price of a device says what promotions do to it, and why others do not, as its owner may read it', async () => {
  const machine = await createMachine()
  const HALF = { kind: 'PERCENT', ratePpm: 500_000, target: 'ORDER' } as const
  const PROMOTIONS: Record<string, TestPromotion> = {
    Half: { effect: HALF },
    Spent: { effect: HALF, budgets: [{ currency: 'EUR', amountMinor: 10n }] },
    'From ten': { effect: HALF, conditions: [{ kind: 'MIN_QUANTITY', quantity: 10 }] as never },
    'Next year': { effect: HALF, startsAt: '2027-01-01T00:00:00Z' },
  }
  const ids: string[] = []
  for (const [name, promotion] of Object.entries(PROMOTIONS))
    ids.push(await createTestPromotion(ctx, { name, ...promotion }))
  onTestFinished(async () => {
    await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', 'in', ids).execute()
  })
  const query = `{ devicePrice(slot: "beans") { total { amountMinor } trace { name code facts }
    applications { name class amount { amountMinor } allocations { lineId amount { amountMinor } } } } }`
  interface Told {
    readonly devicePrice: { readonly trace: readonly { readonly name: string; readonly facts: object }[] }
  }
  const { devicePrice } = (await ask<Told>(query, as(machine.actor))).data
  expect(devicePrice).toMatchObject({
    total: { amountMinor: 1_500 },
    applications: [
      {
        name: 'Half',
        class: 'ORDER',
        amount: { amountMinor: 1_000 },
        allocations: [{ lineId: encodeId('variant', beans.variantId), amount: { amountMinor: 1_000 } }],
      },
    ],
  })
  expect(Object.fromEntries(devicePrice.trace.map(({ name, ...rest }) => [name, rest]))).toEqual({
    Half: { code: 'APPLIED', facts: {} },
    Spent: { code: 'BUDGET_SPENT', facts: { need: { amountMinor: 500, currency: 'EUR' } } },
    'From ten': { code: 'MIN_QUANTITY', facts: expect.objectContaining({ need: 10 }) as object },
  })
  const plain = await recordStatements(() =>
    ask('{ devicePrice(slot: "beans") { quantity } }', as(machine.actor)),
  )
  const traced = await recordStatements(() => ask(query, as(machine.actor)))
  expect(traced.statements).toEqual(plain.statements)
})

test('a refusal carries its facts', async () => {
  const machine = await createMachine()
  const expectation = { max: 2_499, currency: 'EUR' }
  expect(await purchase(machine.actor, { slot: 'beans', expect: expectation })).toMatchObject({
    status: null,
    order: null,
    userErrors: [
      { code: 'PRICE_ABOVE_EXPECTED', max: { formatted: '€24.99' }, total: { amountMinor: 2_500 } },
    ],
  })
})

test('what has no price in the channel of the device, and a closed channel, are refused', async () => {
  await createTestProduct(ctx, { sku: 'PRICELESS' })
  const { actor } = await createMachine()
  expect((await purchase(actor, { sku: 'PRICELESS' })).userErrors).toMatchObject([{ code: 'NOT_PRICED' }])
  const query = '{ devicePrice(sku: "PRICELESS") { quantity } }'
  expect(await ask(query, as(actor))).toMatchObject({
    data: { devicePrice: null },
    errors: [{ extensions: { code: 'NOT_PRICED' } }],
  })
  const elsewhere = await createMachine({ channelId: channels.webUs.id })
  await db.updateTable('channel').set({ active: false }).where('id', '=', channels.webUs.id).execute()
  expect((await purchase(elsewhere.actor, { slot: 'beans' })).userErrors).toMatchObject([
    { code: 'CHANNEL_CLOSED' },
  ])
})

test('a purchase takes the same number of statements whatever the device holds and wants', async () => {
  const statementsOf = async (slots: number, quantity: number) => {
    const named = Array.from({ length: slots }, (_, index) => ({
      name: `s${index}`,
      variantId: beans.variantId,
      quantity,
    }))
    const { actor } = await createMachine({ slots: named })
    return (await recordStatements(() => buy(actor, { slot: 's0' }))).statements
  }
  const few = await statementsOf(1, 1)
  expect(await statementsOf(50, 5)).toHaveLength(few.length)
})

test('text that no slot or SKU can have is refused like an unknown one', async () => {
  const { actor } = await createMachine()
  for (const text of ['\0', '\ud800', 'x'.repeat(10_000), "'; drop table device; --"]) {
    expect((await purchase(actor, { slot: text })).userErrors).toMatchObject([{ code: 'UNKNOWN_SLOT' }])
    expect((await purchase(actor, { sku: text })).userErrors).toMatchObject([{ code: 'UNKNOWN_SKU' }])
    expect(
      await ask('query ($sku: String) { devicePrice(sku: $sku) { quantity } }', as(actor, { sku: text })),
    ).toMatchObject({ errors: [{ extensions: { code: 'UNKNOWN_SKU' } }] })
  }
})

test('a purchase needs a request id and a device', async () => {
  const { actor } = await createMachine()
  const answer = await ask(PURCHASE, as(actor, { input: { slot: 'beans' } }))
  expect(answer.errors?.[0]?.message).toContain('idempotencyKey')
  for (const other of [owner, staffActor(), appActor(['edge'])]) {
    const input = { slot: 'beans', idempotencyKey: newId() }
    expect(await ask(PURCHASE, as(other, { input }))).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN' } }],
    })
  }
})

test('a device takes back its own order, and no other device of the owner can', async () => {
  const [machine, other] = [await createMachine(), await createMachine()]
  const bought = await buy(machine.actor, { slot: 'beans' })
  const orderId = encodeId('order', bought.ok ? bought.value.orderId : '')
  const cancel = (actor: Actor) =>
    ask(
      'mutation ($input: DeviceOrderCancelInput!) { deviceOrderCancel(input: $input) { order { status } userErrors { code } } }',
      as(actor, { input: { orderId, idempotencyKey: newId() } }),
    )
  expect(await cancel(other.actor)).toMatchObject({
    data: { deviceOrderCancel: { userErrors: [{ code: 'NOT_FOUND' }] } },
  })
  expect(await cancel(machine.actor)).toEqual({
    data: { deviceOrderCancel: { order: { status: 'CANCELLED' }, userErrors: [] } },
  })
})

test('the owner sees what their devices ordered and were told', async () => {
  const machine = await createMachine()
  const { order } = await purchase(machine.actor, { slot: 'beans' })
  const query = `{ device(id: "${encodeId('device', machine.id)}") { orders { nodes { number device { name } } totalCount } } }`
  for (const actor of [owner, machine.actor]) {
    expect(await ask(query, as(actor))).toEqual({
      data: {
        device: {
          orders: { nodes: [{ number: order?.number, device: { name: 'Coffee machine' } }], totalCount: 1 },
        },
      },
    })
  }
})

test('a device reports its state and readings', async () => {
  const { actor } = await createMachine()
  const report = `mutation {
    deviceStateReport(input: { state: ONLINE, firmware: "2.1" }) { device { state firmware seenAt } }
    deviceReadingReport(input: { name: "beans", value: 12.5, unit: "%" }) { device { readings { name value unit at } } }
  }`
  const at = '2026-03-02T10:00:00.000Z'
  expect(await ask(report, as(actor))).toEqual({
    data: {
      deviceStateReport: { device: { state: 'ONLINE', firmware: '2.1', seenAt: at } },
      deviceReadingReport: { device: { readings: [{ name: 'beans', value: 12.5, unit: '%', at }] } },
    },
  })
})

const feedOfTest = async () => {
  // What was done before is not news.
  await logSettled(db)
  const feed = await startEventFeed(database)
  onTestFinished(() => feed.close())
  return feed
}

interface Heard {
  readonly notificationChanged: { readonly notification: { readonly device: { readonly id: string } } }
}

test('the edge hears every message, a customer those to their devices, a watch its own only', async () => {
  const newWatch = () =>
    createTestDevice(ctx, { ownerId, channelId: channels.deviceEu.id, kind: 'WEARABLE', name: 'Watch' })
  const [left, right] = [await newWatch(), await newWatch()]
  const machine = await createMachine()
  const bought = await buy(machine.actor, { slot: 'beans' })
  const feed = await feedOfTest()
  const hear = (actor: Actor) =>
    listen<Heard>('subscription { notificationChanged { notification { device { id } } } }', {
      ctx: { ...testContext(db, { actor }), feed },
    })
  const ears = await Promise.all([appActor(['edge']), owner, left.actor, right.actor].map(hear))
  for (const kind of ['ORDER_PLACED', 'ORDER_FULFILLED'] as const) {
    const orderId = bought.ok ? bought.value.orderId : ''
    await command(ctx, { operation: 'test', input: null }, async (inner) => {
      await notifyOfOrder({ ...inner, channel: channels.deviceEu }, { kind, orderId })
      return ok(null)
    })
  }
  const heardBy = async (ear: (typeof ears)[number], count: number) => {
    const ids: string[] = []
    for (let heard = 0; heard < count; heard += 1) {
      ids.push((await ear.next()).value!.data.notificationChanged.notification.device.id)
    }
    await ear.return()
    return ids.sort()
  }
  const [leftId, rightId] = [encodeId('device', left.id), encodeId('device', right.id)]
  const both = [leftId, leftId, rightId, rightId].sort()
  expect(await heardBy(ears[0]!, 4)).toEqual(both)
  expect(await heardBy(ears[1]!, 4)).toEqual(both)
  expect(await heardBy(ears[2]!, 2)).toEqual([leftId, leftId])
  expect(await heardBy(ears[3]!, 2)).toEqual([rightId, rightId])
  const told = `{ device(id: "${leftId}") { notifications { totalCount nodes { kind acknowledgedAt } } } }`
  expect(await ask(told, as(left.actor))).toMatchObject({
    data: { device: { notifications: { totalCount: 2, nodes: [{ acknowledgedAt: null }, {}] } } },
  })
})

test('staff hear of a device that changes, and how', async () => {
  const machine = await createMachine()
  const feed = await feedOfTest()
  const ear = await listen<{ deviceChanged: { type: string; device: object } }>(
    'subscription { deviceChanged { type device { id name status } } }',
    {
      ctx: { ...testContext(db, { actor: staffActor(['devices:read']) }), feed },
    },
  )
  const id = encodeId('device', machine.id)
  for (const mutation of [
    `deviceUpdate(input: { id: "${id}", name: "New name" }) { device { id } }`,
    `deviceCredentialRotate(input: { id: "${id}" }) { device { id } }`,
    `deviceRevoke(input: { id: "${id}" }) { device { id } }`,
  ]) {
    expect(await ask(`mutation { ${mutation} }`, as(owner))).not.toHaveProperty('errors')
  }
  const heard: unknown[] = []
  for await (const { data } of ear) {
    // A transaction of another test may hold the log back, and then the creation is still news.
    if (data.deviceChanged.type !== 'DeviceCreated.v1') heard.push(data.deviceChanged)
    if (data.deviceChanged.type === 'DeviceRevoked.v1') break
  }
  const device = { id, name: 'New name', status: 'REVOKED' }
  expect(heard).toEqual([
    { type: 'DeviceUpdated.v1', device },
    { type: 'DeviceCredentialRotated.v1', device },
    { type: 'DeviceRevoked.v1', device },
  ])
})

test('a device is told a token with the price, and buys at it although the shelf asks more by now', async () => {
  const machine = await createMachine()
  const quoting = { keys: [createSecretKey(randomBytes(32))] as const, lifetimeMs: 900_000 }
  const later = new Date(TEST_TIME.getTime() + 900_000)
  const ask_ = (source: string, variables = {}, now = TEST_TIME) =>
    ask<Purchased & { devicePrice: { token: string } }>(source, {
      ctx: { ...testContext(db, { actor: machine.actor, now: () => now }), quoting },
      variables,
    })
  const { token: priceToken } = (await ask_('{ devicePrice(slot: "beans") { token } }')).data.devicePrice
  const buyAt = async (now: Date, wish: object = {}) =>
    (
      await ask_(
        PURCHASE,
        { input: { slot: 'beans', test: true, priceToken, idempotencyKey: newId(), ...wish } },
        now,
      )
    ).data.devicePurchase
  const reprice = (amount: bigint) =>
    db.updateTable('price').set({ amount_minor: amount }).where('variant_id', '=', beans.variantId).execute()
  await reprice(1_200n)
  onTestFinished(async () => void (await reprice(1_000n)))
  expect(await buyAt(TEST_TIME)).toMatchObject({ order: { total: { amountMinor: 2_500 } }, userErrors: [] })
  expect(await buyAt(TEST_TIME, { quantity: 3 })).toMatchObject({
    userErrors: [{ code: 'PRICE_TOKEN_QUANTITY' }],
  })
  expect(await buyAt(later)).toMatchObject({ order: null, userErrors: [{ code: 'PRICE_CHANGED' }] })
  const forged = `${priceToken.slice(0, -4)}AAAA`
  expect(await buyAt(TEST_TIME, { priceToken: forged })).toMatchObject({
    userErrors: [{ code: 'PRICE_TOKEN_INVALID' }],
  })
})
