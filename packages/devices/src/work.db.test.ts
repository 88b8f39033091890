import { inspect } from 'node:util'
import { command, startEventFeed, type Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { unwrap, type Actor, type Result, type Uuid } from '@hilo/kernel'
import { cancelOrder } from '@hilo/orders'
import { expect, onTestFinished, test } from 'vitest'
import { acknowledgeNotification } from './acknowledge-notification.ts'
import { createDeviceShop } from './testing/device-shop.ts'
import { createTestDevice } from './testing/index.ts'
import { startNotifications, startSpendReturns } from './work.ts'

const { db, database } = await testDatabase()
const ctx = testContext(db)
const { ownerId, channels, createMachine, buy } = await createDeviceShop(ctx)
const logger = { error: (facts: object, message: string) => expect.fail(`${message}: ${inspect(facts)}`) }

/** Runs the work of devices twice at once, as two processes would, until the test is over. */
const startWork = async () => {
  const feed = await startEventFeed(database)
  const stop = new AbortController()
  const work = { db, feed, clock: ctx.now, logger, signal: stop.signal }
  const running = [
    startNotifications(work),
    startNotifications(work),
    startSpendReturns(work),
    startSpendReturns(work),
  ]
  onTestFinished(async () => {
    stop.abort()
    await Promise.all(running)
    await feed.close()
  })
  return feed
}

const newWatch = (customerId: Uuid = ownerId) =>
  createTestDevice(ctx, {
    ownerId: customerId,
    channelId: channels.deviceEu.id,
    kind: 'WEARABLE',
    name: 'Watch',
  })

const toldTo = (deviceId: Uuid) =>
  db.selectFrom('notification').selectAll().where('device_id', '=', deviceId).orderBy('id').execute()

const as = <T>(actor: Actor, run: (inner: Context) => Promise<Result<T>>) =>
  command({ ...ctx, actor }, { operation: 'test', input: null }, run)

const cancel = (actor: Actor, orderId: Uuid) => as(actor, (inner) => cancelOrder(inner, { orderId }))

test('every active wearable of the owner is told once, in their language, whoever runs the work', async () => {
  const [watch, other, revoked] = [await newWatch(), await newWatch(), await newWatch()]
  await db.updateTable('device').set({ status: 'REVOKED' }).where('id', '=', revoked.id).execute()
  const machine = await createMachine()
  const feed = await startWork()
  const events = feed.subscribe({ types: ['NotificationCreated.v1'] })
  const { orderId } = unwrap(await buy(machine.actor, { slot: 'beans' }))
  const heard = [(await events.next()).value!, (await events.next()).value!]
  await events.return?.()
  expect(new Set(heard.map(({ scope }) => scope.device))).toEqual(new Set([watch.id, other.id]))
  expect(heard[0]).toMatchObject({ scope: { customer: ownerId }, permission: 'edge', actor: 'system' })
  const [told, ...more] = await toldTo(watch.id)
  expect(more).toEqual([])
  expect(told).toMatchObject({
    kind: 'ORDER_PLACED',
    body: 'Coffee machine ha comprado por 25,00\u00a0€. Puedes cancelarlo en 24 horas.',
    data: { total: { amountMinor: 2_500, currency: 'EUR' }, actions: ['cancel'] },
  })
  expect(await toldTo(revoked.id)).toEqual([])
  expect(await toldTo(machine.id)).toEqual([])
  await cancel(machine.actor, orderId)
})

test('a cancelled order is told and gives the device its money of the day back, once', async () => {
  const watch = await newWatch()
  const machine = await createMachine()
  const feed = await startWork()
  const events = feed.subscribe({
    types: ['NotificationCreated.v1'],
    filter: ({ scope }) => scope.device === watch.id,
  })
  const { orderId } = unwrap(await buy(machine.actor, { slot: 'beans' }))
  await events.next()
  await cancel(machine.actor, orderId)
  await events.next()
  await events.return?.()
  expect((await toldTo(watch.id)).map(({ kind }) => kind).sort()).toEqual(['ORDER_CANCELLED', 'ORDER_PLACED'])
  await expect
    .poll(() =>
      db.selectFrom('device_spend').select('amount_minor').where('device_id', '=', machine.id).execute(),
    )
    .toEqual([{ amount_minor: 0n }])
})

const placeAndHear = async () => {
  const watch = await newWatch()
  const machine = await createMachine()
  const feed = await startWork()
  const events = feed.subscribe({
    types: ['NotificationCreated.v1'],
    filter: ({ scope, payload }) =>
      scope.device === watch.id && (payload as { kind: string }).kind === 'ORDER_PLACED',
  })
  const { orderId } = unwrap(await buy(machine.actor, { slot: 'beans' }))
  const { aggregateId: id } = (await events.next()).value!
  await events.return?.()
  return { watch, machine, orderId, id }
}

const statusOf = async (orderId: Uuid) =>
  (await db.selectFrom('order').select('status').where('id', '=', orderId).executeTakeFirstOrThrow()).status

test('the answer `cancel` of a watch cancels the order that another device placed', async () => {
  const { watch, orderId, id } = await placeAndHear()
  expect(
    await as(watch.actor, (inner) => acknowledgeNotification(inner, { id, action: 'cancel' })),
  ).toMatchObject({
    ok: true,
  })
  expect(await statusOf(orderId)).toBe('CANCELLED')
  expect((await toldTo(watch.id))[0]).toMatchObject({ action: 'cancel', acknowledged_at: ctx.now() })
})

test('the first answer counts, and only one of those offered', async () => {
  const { watch, orderId, id } = await placeAndHear()
  const answer = (action?: string) =>
    as(watch.actor, (inner) => acknowledgeNotification(inner, { id, action }))
  expect(await answer('buy more')).toMatchObject({
    error: { code: 'UNKNOWN_ACTION', data: { action: 'buy more', actions: ['cancel'] } },
  })
  expect(await answer()).toMatchObject({ ok: true })
  expect(await answer('cancel')).toMatchObject({ ok: true })
  expect(await statusOf(orderId)).toBe('PLACED')
  expect((await toldTo(watch.id))[0]).toMatchObject({ action: null })
})

test('nobody answers for another device', async () => {
  const { machine, id } = await placeAndHear()
  for (const actor of [machine.actor, (await newWatch()).actor]) {
    expect(
      await as(actor, (inner) => acknowledgeNotification(inner, { id, action: 'cancel' })),
    ).toMatchObject({
      error: { code: 'NOT_FOUND' },
    })
  }
})
