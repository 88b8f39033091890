import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { expect, test } from 'vitest'
import { spend, unspend } from './spend.ts'
import { createTestDevice } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const { deviceEu } = await createTestChannels(db)
const owner = await createTestCustomer(ctx)

const newDevice = async () => (await createTestDevice(ctx, { ownerId: owner.id, channelId: deviceEu.id })).id

const spent = async (deviceId: string) =>
  db
    .selectFrom('device_spend')
    .select(['day', 'amount_minor as amount'])
    .where('device_id', '=', deviceId)
    .orderBy('day')
    .execute()

test('of fifty purchases at once against a limit for ten, exactly ten are spent', async () => {
  const deviceId = await newDevice()
  const spending = { deviceId, at: TEST_TIME, amountMinor: 100n }
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => spend(db, spending, 1_000n)))
  expect(outcomes.filter(Boolean)).toHaveLength(10)
  expect(await spent(deviceId)).toEqual([{ day: '2026-03-02', amount: 1_000n }])
})

test('the first purchase of a day is held to the limit too', async () => {
  const deviceId = await newDevice()
  expect(await spend(db, { deviceId, at: TEST_TIME, amountMinor: 1_001n }, 1_000n)).toBe(false)
  expect(await spent(deviceId)).toEqual([])
})

test('each day (UTC) has its own count', async () => {
  const deviceId = await newDevice()
  for (const at of [new Date('2026-03-02T23:59:59Z'), new Date('2026-03-03T00:00:00Z')]) {
    expect(await spend(db, { deviceId, at, amountMinor: 1_000n }, 1_000n)).toBe(true)
  }
  expect(await spent(deviceId)).toHaveLength(2)
})

test('what is taken back can be spent again', async () => {
  const deviceId = await newDevice()
  const spending = { deviceId, at: TEST_TIME, amountMinor: 600n }
  expect(await spend(db, spending, 1_000n)).toBe(true)
  expect(await spend(db, spending, 1_000n)).toBe(false)
  await unspend(db, spending)
  expect(await spend(db, spending, 1_000n)).toBe(true)
})
