import { createTestChannels } from '@hilo/channels/testing'
import { createTestCustomer } from '@hilo/customers/testing'
import { recordStatements, TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { authenticateDevice } from './authenticate-device.ts'
import { createTestDevice } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const { deviceEu } = await createTestChannels(db)
const owner = await createTestCustomer(ctx)
const newDevice = () => createTestDevice(ctx, { ownerId: owner.id, channelId: deviceEu.id })

const code = async (deviceId: string, password: string, minutes = 0) => {
  const now = () => new Date(TEST_TIME.getTime() + minutes * 60_000)
  const result = await authenticateDevice({ ...ctx, now }, { deviceId, password })
  return result.ok ? 'OK' : result.error.code
}

test('the right credential opens in one statement', async () => {
  const { id, credential } = await newDevice()
  const { result, statements } = await recordStatements(() => code(id, credential))
  expect([result, statements.length]).toEqual(['OK', 1])
})

test('a wrong credential, that of another device and an unknown device get the same answer', async () => {
  const [one, other] = [await newDevice(), await newDevice()]
  expect(await code(one.id, 'wrong')).toBe('UNAUTHENTICATED')
  expect(await code(one.id, '')).toBe('UNAUTHENTICATED')
  expect(await code(one.id, other.credential)).toBe('UNAUTHENTICATED')
  expect(await code(newId(), one.credential)).toBe('UNAUTHENTICATED')
})

test('guessing has to wait after five tries, while the device itself still comes in', async () => {
  const { id, credential } = await newDevice()
  for (let tries = 0; tries < 5; tries += 1) expect(await code(id, `guess ${tries}`)).toBe('UNAUTHENTICATED')
  expect(await code(id, 'guess')).toBe('RATE_LIMITED')
  expect(await code(id, credential)).toBe('OK')
  expect(await code(id, 'guess', 15)).toBe('UNAUTHENTICATED')
})

test('a revoked device is told so, but only with its own credential', async () => {
  const { id, credential } = await newDevice()
  await db.updateTable('device').set({ status: 'REVOKED' }).where('id', '=', id).execute()
  expect(await code(id, credential)).toBe('DEVICE_REVOKED')
  expect(await code(id, 'wrong')).toBe('UNAUTHENTICATED')
})
