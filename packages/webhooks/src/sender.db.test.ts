import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createTestChannels } from '@hilo/channels/testing'
import type { EventScope } from '@hilo/db'
import { recordStatements, TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { encodeId, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { rotateSecret, testEndpoint, updateEndpoint } from './change-endpoint.ts'
import { deliveryPage } from './delivery-queries.ts'
import { enqueue } from './enqueue.ts'
import { forgetDeliveries } from './forget-deliveries.ts'
import { replayDelivery, replayEndpoint } from './replay.ts'
import { createSender } from './sender.ts'
import {
  appendOrders,
  createTestEndpoint,
  type Received,
  startReceiver,
  testOutbound,
} from './testing/index.ts'

const { db, url } = await testDatabase()
const { webEu, deviceEu } = await createTestChannels(db)

let now = TEST_TIME
const clock = () => now
const ctx = testContext(db, { now: clock, channel: webEu })
const outbound = testOutbound()
const later = (seconds: number) => {
  now = new Date(now.getTime() + seconds * 1_000)
}

let answer: Parameters<typeof startReceiver>[0] = () => undefined
const receiver = await startReceiver((received, response) => answer!(received, response))
afterAll(() => receiver.close())

const senderOf = (overrides: Partial<Parameters<typeof createSender>[0]> = {}) =>
  createSender({ db, clock, outbound, signal: new AbortController().signal, random: () => 0, ...overrides })
const sender = senderOf()

let before = 0n

/** Notes whatever happened since the test began. */
const enqueueAll = async () => {
  const events = await db
    .selectFrom('event')
    .select(['id', 'type', 'aggregate_id as aggregateId', 'payload'])
    .select((eb) => eb.ref('scope').$castTo<EventScope>().as('scope'))
    .where('id', '>', before)
    .execute()
  return enqueue(db, events, now)
}

const place = async (...numbers: readonly string[]) => {
  await appendOrders(ctx, numbers)
  await enqueueAll()
}

const inTransaction = <T>(run: (inner: typeof ctx) => Promise<T>): Promise<T> =>
  db.transaction().execute((tx) => run({ ...ctx, db: tx }))

const deliveries = (endpointId?: Uuid) =>
  deliveryPage(db, { filter: { endpointId }, after: undefined, limit: 1_000 })

const endpointRow = (id: Uuid) =>
  db.selectFrom('webhook_endpoint').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

const numberOf = ({ body }: Received): string =>
  (JSON.parse(body) as { data: { number: string } }).data.number

const ids = () => receiver.received.map(({ headers }) => headers['webhook-id'])

beforeEach(async () => {
  await db.deleteFrom('webhook_endpoint').execute()
  receiver.received.length = 0
  answer = () => undefined
  now = new Date(now.getTime() + 3_600_000)
  before = (await db.selectFrom('event').select('id').orderBy('id', 'desc').executeTakeFirst())?.id ?? 0n
})

describe('a delivery', () => {
  it('arrives signed, once, however often it is noted', async () => {
    const { id, secret } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    await appendOrders(ctx, ['H-1'])
    await Promise.all([enqueueAll(), enqueueAll(), enqueueAll()])
    await Promise.all([sender.drain(), senderOf().drain(), senderOf().drain()])
    const [delivery, ...more] = await deliveries(id)
    expect(more).toEqual([])
    expect(delivery).toMatchObject({
      state: 'DELIVERED',
      attempts: 1,
      lastStatus: 204,
      eventType: 'order.placed',
    })
    expect(ids()).toEqual([encodeId('webhookDelivery', delivery!.id)])
    const [{ body, headers }] = receiver.received as [Received]
    expect(Number(headers['webhook-timestamp'])).toBe(Math.floor(now.getTime() / 1_000))
    const signed = new Webhook(secret).sign(String(headers['webhook-id']), now, body)
    expect(headers['webhook-signature']).toBe(signed)
  })

  it('goes to endpoints that listen to its kind, in its channel', async () => {
    const told = async (eventTypes: string[], channelIds: Uuid[] | null) =>
      (await createTestEndpoint(ctx, outbound, { url: receiver.url, eventTypes, channelIds })).id
    const wanted = [
      await told(['order.*'], null),
      await told(['*'], [webEu.id]),
      await told(['order.placed', 'product.*'], [webEu.id]),
    ]
    await told(['product.*'], null)
    await told(['order.*'], [deviceEu.id])
    await place('H-2')
    expect((await deliveries()).map(({ endpointId }) => endpointId).sort()).toEqual(wanted.sort())
  })

  it('is tried again by the schedule under the same id, until it arrives', async () => {
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    answer = (_received, response) => void response.writeHead(500).end('no')
    await place('H-3')
    await sender.drain()
    expect(await deliveries(id)).toMatchObject([
      {
        state: 'PENDING',
        attempts: 1,
        lastStatus: 500,
        lastResponse: 'no',
        nextAttemptAt: new Date(now.getTime() + 5_000),
      },
    ])
    later(4)
    await sender.drain()
    expect(receiver.received).toHaveLength(1)
    for (const seconds of [1, 300, 1_800]) {
      later(seconds)
      await sender.drain()
    }
    expect((await endpointRow(id)).failing_since).not.toBeNull()
    answer = () => undefined
    later(7_200)
    await sender.drain()
    expect(await deliveries(id)).toMatchObject([{ state: 'DELIVERED', attempts: 5, nextAttemptAt: null }])
    expect(new Set(ids()).size).toBe(1)
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(5)
    expect((await endpointRow(id)).failing_since).toBeNull()
  })

  it('never goes to an address that turned private after it was saved', async () => {
    let addresses = ['93.184.216.34']
    const rebinding = testOutbound({ resolve: async () => addresses })
    const { id } = await createTestEndpoint(ctx, rebinding, { url: 'https://hooks.test' })
    addresses = ['169.254.169.254']
    await place('H-4')
    await senderOf({ outbound: rebinding }).drain()
    expect(await deliveries(id)).toMatchObject([
      { state: 'PENDING', lastError: 'WEBHOOK_URL_PRIVATE', lastStatus: null },
    ])
  })

  it('is forgotten after thirty days', async () => {
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    await place('H-5')
    await sender.drain()
    expect(await forgetDeliveries(db, { now: new Date(now.getTime() + 29 * 86_400_000) })).toBe(0)
    expect(await forgetDeliveries(db, { now: new Date(now.getTime() + 31 * 86_400_000) })).toBe(1)
    expect(await deliveries(id)).toEqual([])
  })
})

describe('sending', () => {
  it('sends again under the same id what a process had sent when it was killed', async () => {
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    await place('H-6')
    const script = new URL('testing/send-until-killed.ts', import.meta.url)
    const child = fork(script, [url, now.toISOString()])
    answer = async () => {
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    await once(child, 'exit')
    expect(receiver.received).toHaveLength(1)
    answer = () => undefined
    later(30)
    await sender.drain()
    expect(receiver.received).toHaveLength(1)
    later(31)
    await sender.drain()
    expect(ids()).toEqual([ids()[0], ids()[0]])
    expect(await deliveries(id)).toMatchObject([{ state: 'DELIVERED', attempts: 1 }])
  })

  it('writes down what arrived after the database was gone for a moment, and sends it once', async () => {
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    await place('H-7', 'H-8')
    answer = async () => {
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()`
        .execute(db)
        .catch(() => undefined)
    }
    const own = senderOf()
    for (let tries = 0; tries < 5; tries += 1) await own.drain().catch(() => undefined)
    expect((await deliveries(id)).map(({ state }) => state)).toEqual(['DELIVERED', 'DELIVERED'])
    expect(receiver.received).toHaveLength(2)
  })

  it('gives back at once what it had under way when it is told to stop', async () => {
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    await place('H-9')
    const stopping = new AbortController()
    const own = senderOf({ signal: stopping.signal })
    answer = () => stopping.abort()
    await own.drain()
    await own.stop()
    answer = () => undefined
    await sender.drain()
    expect(await deliveries(id)).toMatchObject([{ state: 'DELIVERED', attempts: 1 }])
  })

  it('goes on to others while one endpoint is slow, and asks no more of that one than its share', async () => {
    const held = Promise.withResolvers<void>()
    let slow = 0
    answer = async ({ path }) => {
      if (path !== '/slow') return
      slow += 1
      await held.promise
    }
    await createTestEndpoint(ctx, outbound, { url: `http://127.0.0.1:${receiver.port}/slow` })
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    await place(...Array.from({ length: 40 }, (_, index) => `H-${index}`))
    const running = senderOf({ perEndpoint: 4 }).drain()
    await expect
      .poll(async () => (await deliveries(id)).every(({ state }) => state === 'DELIVERED'))
      .toBe(true)
    expect(slow).toBe(4)
    held.resolve()
    await running
    expect(receiver.received).toHaveLength(80)
  })

  it('takes 1,000 events to 3 endpoints with two workers: each once, in few statements', async () => {
    for (const path of ['/a', '/b', '/c'])
      await createTestEndpoint(ctx, outbound, { url: `http://127.0.0.1:${receiver.port}${path}` })
    await appendOrders(
      ctx,
      Array.from({ length: 1_000 }, (_, index) => `N-${index}`),
    )
    const noted = await recordStatements(enqueueAll)
    expect(noted.result).toBe(3_000)
    expect(noted.statements).toHaveLength(3)
    const sent = await recordStatements(() => Promise.all([senderOf().drain(), senderOf().drain()]))
    // How many end together depends on how busy the machine is; one by one would take at least 3,000.
    expect(sent.statements.length).toBeLessThan(3_000 / 2)
    const told = receiver.received.map((one) => `${one.path} ${numberOf(one)}`)
    expect(told).toHaveLength(3_000)
    expect(new Set(told).size).toBe(3_000)
    expect(new Set(ids()).size).toBe(3_000)
  })
})

describe('an endpoint', () => {
  it('whose receiver is gone is switched off at once, with an event, and what waits rests', async () => {
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    answer = (_received, response) => void response.writeHead(410).end()
    await place('H-10')
    await sender.drain()
    expect(await endpointRow(id)).toMatchObject({ active: false, disabled_reason: 'GONE' })
    expect(await deliveries(id)).toMatchObject([{ state: 'DISABLED' }])
    await place('H-11')
    expect(await deliveries(id)).toHaveLength(1)
    const told = await db
      .selectFrom('event')
      .select(['type', 'permission', 'payload'])
      .where('aggregate_id', '=', id)
      .orderBy('seq', 'desc')
      .executeTakeFirst()
    expect(told).toMatchObject({
      type: 'WebhookEndpointDisabled.v1',
      permission: 'webhooks:write',
      payload: { reason: 'GONE' },
    })
  })

  it('that fails for three days is switched off, and replayed once it is back', async () => {
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    const since = now
    answer = (_received, response) => void response.writeHead(500).end()
    await place('H-12')
    await sender.drain()
    later(71 * 3_600)
    await place('H-13')
    await sender.drain()
    expect((await endpointRow(id)).active).toBe(true)
    later(3_601)
    await place('H-14')
    await sender.drain()
    expect(await endpointRow(id)).toMatchObject({ active: false, disabled_reason: 'FAILING' })
    await place('H-15')
    expect((await replayEndpoint(ctx, { id, since })).ok).toBe(false)
    answer = () => undefined
    receiver.received.length = 0
    await updateEndpoint(ctx, outbound, { id, active: true })
    const replay = await replayEndpoint(ctx, { id, since })
    expect(replay).toMatchObject({ ok: true, value: { count: 4, until: null } })
    await sender.drain()
    expect(receiver.received.map(numberOf).sort()).toEqual(['H-12', 'H-13', 'H-14', 'H-15'])
    expect(await endpointRow(id)).toMatchObject({ active: true, disabled_reason: null, failing_since: null })
    expect((await replayEndpoint(ctx, { id, since: new Date(now.getTime() - 31 * 86_400_000) })).ok).toBe(
      false,
    )
  })

  it('gets one delivery again under the same id', async () => {
    await createTestEndpoint(ctx, outbound, { url: receiver.url })
    await place('H-16')
    await sender.drain()
    const [delivery] = await deliveries()
    await replayDelivery(ctx, delivery!.id)
    await sender.drain()
    expect(ids()).toEqual([ids()[0], ids()[0]])
  })

  it('is signed to with the old and the new secret for a day after a rotation', async () => {
    const { id, secret: before } = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    const rotated = await inTransaction((inner) => rotateSecret(inner, outbound, { id }))
    const after = rotated.ok ? rotated.value.secret.reveal() : ''
    const signedBy = async () => {
      receiver.received.length = 0
      await place('H-17')
      await sender.drain()
      const { headers, body } = receiver.received[0]!
      const signatures = String(headers['webhook-signature']).split(' ')
      return [before, after].map((secret) =>
        signatures.includes(new Webhook(secret).sign(String(headers['webhook-id']), now, body)),
      )
    }
    expect(await signedBy()).toEqual([true, true])
    later(24 * 3_600)
    expect(await signedBy()).toEqual([false, true])
  })

  it('is tested alone, whatever it listens to, and the answer is told in the log', async () => {
    const { id } = await createTestEndpoint(ctx, outbound, { url: receiver.url, eventTypes: ['product.*'] })
    const other = await createTestEndpoint(ctx, outbound, { url: receiver.url })
    await inTransaction((inner) => testEndpoint(inner, { id }))
    await enqueueAll()
    await sender.drain()
    expect(receiver.received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject([
      { type: 'webhook.test', data: { id: encodeId('webhookEndpoint', id) } },
    ])
    expect(await deliveries(other.id)).toEqual([])
    const told = await db
      .selectFrom('event')
      .select(['type', 'payload'])
      .where('aggregate_id', '=', id)
      .orderBy('seq', 'desc')
      .executeTakeFirst()
    expect(told).toMatchObject({ type: 'WebhookTestAnswered.v1', payload: { status: 204, error: null } })
  })
})
