import { TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { type Actor, grant, newId, PERMISSIONS, type Result, unwrap } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createApiKey, revokeApiKey, rotateApiKey } from './api-key.ts'
import { apiKeysByIds } from './api-key-queries.ts'
import { resolveActor } from './resolve-actor.ts'
import { staffActor } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const as = (actor: Actor) => testContext(db, { actor })
const hours = (count: number) => new Date(TEST_TIME.getTime() + count * 3_600_000)

const opens = async (bearer: string, now = TEST_TIME) => (await resolveActor(db, { bearer, now })).ok
const codeOf = (result: Result<unknown>) => (result.ok ? 'OK' : result.error.code)

test('A rotated key opens with both secrets for the overlap, then with the new one only', async () => {
  const { id, key } = unwrap(await createApiKey(ctx, { name: 'Till', permissions: ['orders:read'] }))
  const rotated = unwrap(await rotateApiKey(ctx, { id }))
  expect(rotated).toMatchObject({ id, previousUntil: hours(24) })
  expect([await opens(key), await opens(key, hours(23)), await opens(key, hours(24))]).toEqual([
    true,
    true,
    false,
  ])
  expect(await opens(rotated.key, hours(24))).toBe(true)
  const again = unwrap(await rotateApiKey(ctx, { id, overlapHours: 720 }))
  expect([await opens(key), await opens(rotated.key), await opens(again.key)]).toEqual([false, true, true])
  unwrap(await rotateApiKey(ctx, { id, overlapHours: 0 }))
  expect(await opens(again.key)).toBe(false)
  for (const overlapHours of [-1, 721, 1.5]) {
    expect(codeOf(await rotateApiKey(ctx, { id, overlapHours }))).toBe('INVALID_INPUT')
  }
})

test('Revoking ends both secrets at once', async () => {
  const { id, key } = unwrap(await createApiKey(ctx, { name: 'Till', permissions: [] }))
  const rotated = unwrap(await rotateApiKey(ctx, { id }))
  unwrap(await revokeApiKey(ctx, id))
  expect([await opens(key), await opens(rotated.key)]).toEqual([false, false])
  expect(codeOf(await rotateApiKey(ctx, { id }))).toBe('NOT_FOUND')
})

test('Nobody makes or rotates a key that may more than they do', async () => {
  const maker = as(staffActor(['keys:write', 'orders:read']))
  const make = (permissions: readonly string[]) => createApiKey(maker, { name: 'Key', permissions })
  expect(codeOf(await make(['orders:read']))).toBe('OK')
  expect(codeOf(await make(['orders:write']))).toBe('GRANT_BEYOND_OWN')
  const strong = unwrap(await createApiKey(ctx, { name: 'Strong', permissions: PERMISSIONS }))
  expect(codeOf(await rotateApiKey(maker, { id: strong.id }))).toBe('GRANT_BEYOND_OWN')
  expect(await opens(strong.key)).toBe(true)
})

test('A key for some channels holds there, and nothing that belongs to the whole shop', async () => {
  const channelId = newId()
  const marketId = newId()
  await db
    .insertInto('market')
    .values({
      id: marketId,
      code: 'm',
      name: '{}',
      currency: 'EUR',
      prices_include_tax: true,
      countries: ['ES'],
    })
    .execute()
  await db
    .insertInto('channel')
    .values({ id: channelId, code: 'c', name: '{}', kind: 'WEB', market_id: marketId })
    .execute()
  const make = (permissions: readonly string[], channels = [channelId]) =>
    createApiKey(ctx, { name: 'Narrow', permissions, channels })
  const { key } = unwrap(await make(['orders:read']))
  expect(await resolveActor(db, { bearer: key, now: TEST_TIME })).toMatchObject({
    value: { grants: [grant(['orders:read'], { channels: [channelId] })] },
  })
  expect(codeOf(await make(['settings:write']))).toBe('PERMISSION_NEEDS_WHOLE_SHOP')
  expect(codeOf(await make(['orders:read'], [newId()]))).toBe('NOT_FOUND')
  expect(codeOf(await make(['orders:reed']))).toBe('PERMISSION_UNKNOWN')
  expect(codeOf(await createApiKey(ctx, { name: 'Late', permissions: [], expiresAt: TEST_TIME }))).toBe(
    'INVALID_INPUT',
  )
})

test('A key is recognised by its ends, and its secret is nowhere', async () => {
  const { id, key } = unwrap(await createApiKey(ctx, { name: 'Till', permissions: [] }))
  const [row] = await apiKeysByIds(db, ctx.actor, [id])
  expect(row).toMatchObject({ prefix: key.slice(0, 7), last4: key.slice(-4), createdBy: 'system' })
  expect(await apiKeysByIds(db, staffActor(['orders:read']), [id])).toEqual([])
  const events = await db
    .selectFrom('event')
    .select(['type', 'payload'])
    .where('aggregate_id', '=', id)
    .execute()
  const stored = await db.selectFrom('api_key').selectAll().where('id', '=', id).execute()
  expect(JSON.stringify([events, stored])).not.toContain(key.slice(7, -4))
})
