import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { command } from '@hilo/db'
import { TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { SYSTEM, type Actor, type Uuid } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { readingsOf } from './device-parts.ts'
import { devicesByIds } from './device-queries.ts'
import { MAX_READINGS, reportReading, reportState } from './report.ts'
import { createTestDevice } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const { deviceEu } = await createTestChannels(db)
const owner = await createTestCustomer(ctx)
const newDevice = () => createTestDevice(ctx, { ownerId: owner.id, channelId: deviceEu.id })

const minutes = (count: number) => new Date(TEST_TIME.getTime() + count * 60_000)

const state = (actor: Actor, report: Parameters<typeof reportState>[1]) =>
  command({ ...ctx, actor }, { operation: 'state', input: null }, (inner) => reportState(inner, report))

const reading = (actor: Actor, report: Parameters<typeof reportReading>[1]) =>
  command({ ...ctx, actor }, { operation: 'reading', input: null }, (inner) => reportReading(inner, report))

const stored = async (id: Uuid) => (await devicesByIds(db, SYSTEM, [id]))[0]!

const changes = async (id: Uuid) =>
  (
    await db
      .selectFrom('event')
      .select('payload')
      .where('aggregate_id', '=', id)
      .where('type', '=', 'DeviceStateChanged.v1')
      .orderBy('seq')
      .execute()
  ).map(({ payload }) => (payload as { state: string }).state)

test('a device says how it is, and only what is new becomes an event', async () => {
  const { id, actor } = await newDevice()
  await state(actor, { state: 'ONLINE', firmware: '1.0' })
  await state(actor, { state: 'ONLINE', firmware: '1.0' })
  await state(actor, { state: 'ONLINE' })
  await state(actor, { state: 'SLEEP' })
  expect(await stored(id)).toMatchObject({ state: 'SLEEP', firmware: '1.0', seenAt: TEST_TIME, version: 1 })
  expect(await changes(id)).toEqual(['ONLINE', 'SLEEP'])
})

test('a report that comes late changes nothing, and a clock that runs ahead locks nothing out', async () => {
  const { id, actor } = await newDevice()
  await state(actor, { state: 'ONLINE', at: minutes(-1) })
  await state(actor, { state: 'OFFLINE', at: minutes(-2) })
  expect(await stored(id)).toMatchObject({ state: 'ONLINE', seenAt: minutes(-1) })
  await state(actor, { state: 'SLEEP', at: minutes(1_000) })
  await state(actor, { state: 'ONLINE' })
  expect(await stored(id)).toMatchObject({ state: 'ONLINE', seenAt: TEST_TIME })
})

test('the newest value of a reading is kept', async () => {
  const { id, actor } = await newDevice()
  await reading(actor, { name: 'water', value: 0.5, unit: 'l', at: minutes(-1) })
  await reading(actor, { name: 'water', value: 0.9, unit: 'l', at: minutes(-2) })
  await reading(actor, { name: 'beans.level', value: 20 })
  expect(await readingsOf(db, [id])).toMatchObject([
    { name: 'beans.level', value: 20, unit: null, at: TEST_TIME },
    { name: 'water', value: 0.5, unit: 'l', at: minutes(-1) },
  ])
})

test('a device cannot fill the shop with readings', async () => {
  const { actor } = await newDevice()
  for (let count = 0; count < MAX_READINGS; count += 1) await reading(actor, { name: `r${count}`, value: 1 })
  expect(await reading(actor, { name: 'more', value: 1 })).toMatchObject({
    error: { code: 'TOO_MANY_READINGS', data: { max: MAX_READINGS } },
  })
  expect((await reading(actor, { name: 'r0', value: 2 })).ok).toBe(true)
})

test('what cannot be a report is refused', async () => {
  const { actor } = await newDevice()
  for (const name of ['', 'a b', 'a/b', 'x'.repeat(41), '+', '\0']) {
    expect(await reading(actor, { name, value: 1 })).toMatchObject({
      error: { code: 'READING_NAME_INVALID' },
    })
  }
  expect(await state(actor, { state: 'ONLINE', firmware: 'x'.repeat(101) })).toMatchObject({
    error: { code: 'NAME_INVALID', path: ['firmware'] },
  })
  expect(await state(SYSTEM, { state: 'ONLINE' })).toMatchObject({ error: { code: 'FORBIDDEN' } })
})
