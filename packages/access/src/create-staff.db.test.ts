import { testContext, testDatabase } from '@hilo/db/testing'
import { newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createApiKey, revokeApiKey } from './api-key.ts'
import { createStaff } from './create-staff.ts'
import { createTestRole, TEST_COST, TEST_PASSWORD } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)

const grants = [{ roleId: await createTestRole(ctx, ['catalog:write']) }]
const staff = { name: 'Ana', email: 'Ana@shop.test', password: TEST_PASSWORD, grants }

const code = async (made: Promise<{ ok: true } | { ok: false; error: { code: string } }>) => {
  const result = await made
  return result.ok ? 'OK' : result.error.code
}

test('an e-mail belongs to one member of staff, also when two are made at once', async () => {
  const codes = await Promise.all([1, 2, 3].map(() => code(createStaff(ctx, staff, TEST_COST))))
  expect(codes.sort()).toEqual(['EMAIL_TAKEN', 'EMAIL_TAKEN', 'OK'])
})

test('staff with a wrong name, e-mail, password or role are refused', async () => {
  expect(await code(createStaff(ctx, { ...staff, name: ' ' }))).toBe('NAME_INVALID')
  expect(await code(createStaff(ctx, { ...staff, email: 'ana' }))).toBe('EMAIL_INVALID')
  expect(await code(createStaff(ctx, { ...staff, password: 'short' }))).toBe('PASSWORD_LENGTH_INVALID')
  expect(await code(createStaff(ctx, { ...staff, grants: [{ roleId: newId() }] }))).toBe('NOT_FOUND')
  const tooMany = Array.from({ length: 51 }, () => grants[0]!)
  expect(await code(createStaff(ctx, { ...staff, grants: tooMany }))).toBe('INVALID_INPUT')
})

test('an API key is stored as a hash only, and is revoked once', async () => {
  const made = await createApiKey(ctx, { name: 'Bridge', permissions: ['edge', 'edge'] })
  if (!made.ok) throw new Error(made.error.code)
  const { id, key } = made.value
  const row = await db.selectFrom('api_key').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  expect(key).toMatch(/^hk_/)
  expect(row).toMatchObject({ name: 'Bridge', permissions: ['edge'], last_used_at: null })
  expect(JSON.stringify(row)).not.toContain(key)
  expect(await code(revokeApiKey(ctx, id))).toBe('OK')
  expect(await code(revokeApiKey(ctx, id))).toBe('NOT_FOUND')
})
