import { recordStatements, TEST_CHANNEL, TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { encodeId, grant, newId, unwrap, type Uuid } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createApiKey, revokeApiKey } from './api-key.ts'
import { resolveActor, type Claim } from './resolve-actor.ts'
import { openSession, revokeSessionsOf, type SessionKind } from './session.ts'
import { createTestStaff } from './testing/index.ts'
import { newToken } from './token.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const now = TEST_TIME

const who = (claim: Omit<Claim, 'now'>, at = now) => resolveActor(db, { ...claim, now: at })

const sessionOf = async (kind: SessionKind, subjectId: Uuid) =>
  (await openSession(db, { kind, subjectId, now })).token

const apiKey = async (permissions: readonly string[], expiresAt?: Date) =>
  unwrap(await createApiKey(ctx, { name: 'Test', permissions, expiresAt }))

const { market, ...channel } = TEST_CHANNEL
await db
  .insertInto('market')
  .values({
    id: market.id,
    code: market.code,
    name: '{}',
    currency: market.currency,
    prices_include_tax: market.pricesIncludeTax,
    countries: [...market.countries],
  })
  .execute()
await db
  .insertInto('channel')
  .values({ ...channel, name: '{}', market_id: market.id })
  .execute()

const createDevice = async () => {
  const [id, customerId, typeId] = [newId(), newId(), newId()]
  await db.insertInto('customer').values({ id: customerId, name: 'Owner' }).execute()
  await db
    .insertInto('device_type')
    .values({ id: typeId, code: typeId, name: '{}', kind: 'BUTTON' })
    .execute()
  await db
    .insertInto('device')
    .values({
      id,
      device_type_id: typeId,
      name: 'Button',
      customer_id: customerId,
      channel_id: channel.id,
      credential_hash: Buffer.from(id),
    })
    .execute()
  return { id, customerId, publicId: encodeId('device', id) }
}

const revoke = (id: Uuid) =>
  db.updateTable('device').set({ status: 'REVOKED' }).where('id', '=', id).execute()

const unauthenticated = { ok: false, error: { code: 'UNAUTHENTICATED' } }

test('without a token one is a guest', async () => {
  expect(await who({})).toEqual({ ok: true, value: { kind: 'guest' } })
})

test('a session is who it was opened for, by bearer or by cookie', async () => {
  const staff = await createTestStaff(ctx, { permissions: ['catalog:write'] })
  const bearer = await sessionOf('staff', staff.id)
  expect(await who({ bearer })).toMatchObject({
    ok: true,
    value: { kind: 'staff', staffId: staff.id, grants: [grant(['catalog:write'])] },
  })
  const customerId = newId()
  const cookie = await sessionOf('customer', customerId)
  expect(await who({ cookie })).toMatchObject({ value: { kind: 'customer', customerId } })
  expect(await who({ bearer, cookie })).toMatchObject({ value: { kind: 'staff' } })
})

test('a device has sessions of its own until it is revoked', async () => {
  const device = await createDevice()
  const bearer = await sessionOf('device', device.id)
  const { id: deviceId, customerId } = device
  expect(await who({ bearer })).toEqual({ ok: true, value: { kind: 'device', deviceId, customerId } })
  await revoke(device.id)
  expect(await who({ bearer })).toMatchObject(unauthenticated)
})

test('a forged token is refused, never taken for a guest', async () => {
  for (const bearer of ['', 'x', newToken('staff'), newToken('customer'), newToken('apiKey')]) {
    expect(await who({ bearer })).toMatchObject(unauthenticated)
  }
  expect(await who({ cookie: 'forged' })).toMatchObject(unauthenticated)
  expect(await who({ bearer: newToken('credential') })).toMatchObject(unauthenticated)
})

test('tokens end by time: of staff after 12 hours, of customers after 15 minutes', async () => {
  const hours = (count: number) => new Date(now.getTime() + count * 3_600_000)
  const staff = await sessionOf('staff', (await createTestStaff(ctx)).id)
  expect((await who({ bearer: staff }, hours(11.99))).ok).toBe(true)
  expect(await who({ bearer: staff }, hours(12))).toMatchObject(unauthenticated)
  const customer = await sessionOf('customer', newId())
  expect((await who({ bearer: customer }, hours(0.24))).ok).toBe(true)
  expect(await who({ bearer: customer }, hours(0.25))).toMatchObject(unauthenticated)
})

test('revoking the sessions of somebody and disabling staff work at once', async () => {
  const subjectId = newId()
  const customer = await sessionOf('customer', subjectId)
  await revokeSessionsOf(db, { kind: 'customer', subjectId, now })
  expect(await who({ bearer: customer })).toMatchObject(unauthenticated)
  const { id } = await createTestStaff(ctx)
  const staff = await sessionOf('staff', id)
  await db.updateTable('staff').set({ disabled_at: now }).where('id', '=', id).execute()
  expect(await who({ bearer: staff })).toMatchObject(unauthenticated)
})

test('an API key is an app with its permissions until it expires or is revoked', async () => {
  const { id, key } = await apiKey(['orders:read'], new Date(now.getTime() + 1))
  expect(await who({ bearer: key })).toEqual({
    ok: true,
    value: { kind: 'app', keyId: id, grants: [grant(['orders:read'])] },
  })
  expect(await who({ bearer: key }, new Date(now.getTime() + 1))).toMatchObject(unauthenticated)
  const other = await apiKey([])
  await revokeApiKey(ctx, other.id)
  expect(await who({ bearer: other.key })).toMatchObject(unauthenticated)
})

test('the last use of a key is written down at most once a minute', async () => {
  const { id, key } = await apiKey([])
  const lastUse = async () =>
    (await db.selectFrom('api_key').select('last_used_at').where('id', '=', id).executeTakeFirstOrThrow())
      .last_used_at
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1000)
  await who({ bearer: key })
  await expect.poll(lastUse).toEqual(now)
  await who({ bearer: key }, after(59))
  await who({ bearer: key }, after(61))
  await expect.poll(lastUse).toEqual(after(61))
})

test('the key of an edge acts as an active device, and nobody else does', async () => {
  const { id: deviceId, customerId, publicId } = await createDevice()
  const edge = (await apiKey(['edge'])).key
  expect(await who({ bearer: edge, deviceId: publicId })).toEqual({
    ok: true,
    value: { kind: 'device', deviceId, customerId },
  })
  const forbidden = { error: { code: 'FORBIDDEN', data: { permission: 'edge' } } }
  expect(await who({ bearer: (await apiKey(['orders:write'])).key, deviceId: publicId })).toMatchObject(
    forbidden,
  )
  const staff = await sessionOf('staff', (await createTestStaff(ctx)).id)
  expect(await who({ bearer: staff, deviceId: publicId })).toMatchObject(forbidden)
  expect(await who({ deviceId: publicId })).toMatchObject(unauthenticated)
  await revoke(deviceId)
  expect(await who({ bearer: edge, deviceId: publicId })).toMatchObject({ error: { code: 'DEVICE_REVOKED' } })
})

test('an edge that names no device of ours is told so', async () => {
  const { key: bearer } = await apiKey(['edge'])
  const unknown = encodeId('device', newId())
  expect(await who({ bearer, deviceId: unknown })).toMatchObject({ error: { code: 'NOT_FOUND' } })
  for (const deviceId of ['', 'dev_x', encodeId('customer', newId())]) {
    expect(await who({ bearer, deviceId })).toMatchObject({ error: { code: 'INVALID_ID' } })
  }
})

test('knowing who asks takes one statement', async () => {
  const { publicId } = await createDevice()
  const { key } = await apiKey(['edge'])
  const staff = await sessionOf('staff', (await createTestStaff(ctx)).id)
  const count = async (claim: Omit<Claim, 'now'>) =>
    (await recordStatements(() => who(claim))).statements.length
  expect(await count({})).toBe(0)
  expect(await count({ bearer: 'forged' })).toBe(0)
  expect(await count({ cookie: staff })).toBe(1)
  expect(await count({ bearer: key, deviceId: publicId })).toBe(1)
})
