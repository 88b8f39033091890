import { testContext, testDatabase, TEST_TIME } from '@hilo/db/testing'
import { expect, test } from 'vitest'
import { hashPassword } from './password.ts'
import { signInStaff } from './sign-in-staff.ts'
import { createTestStaff, TEST_COST, TEST_PASSWORD } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)

const later = (minutes: number) =>
  testContext(db, { now: () => new Date(TEST_TIME.getTime() + minutes * 60_000) })

const tryPassword = (
  email: string,
  password: string,
  { at = ctx, address }: { at?: typeof ctx; address?: string } = {},
) => signInStaff(at, { email, password, address }, TEST_COST)

const outcome = async (attempt: ReturnType<typeof tryPassword>) => {
  const result = await attempt
  return result.ok ? 'SIGNED_IN' : result.error.code
}

test('staff sign in with the right password, whatever the case of the e-mail', async () => {
  const { id, email } = await createTestStaff(ctx)
  const session = await tryPassword(` ${email.toUpperCase()}`, TEST_PASSWORD)
  expect(session).toMatchObject({
    ok: true,
    value: { staffId: id, token: expect.stringMatching(/^hs_/), expiresAt: new Date('2026-03-02T22:00:00Z') },
  })
})

test('the database holds neither password nor token', async () => {
  const { id, email } = await createTestStaff(ctx)
  const session = await tryPassword(email, TEST_PASSWORD)
  const staff = await db.selectFrom('staff').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const rows = await db.selectFrom('session').selectAll().where('subject_id', '=', id).execute()
  expect(staff.password_hash).toMatch(/^\$argon2id\$/)
  expect(JSON.stringify([staff, rows])).not.toContain(TEST_PASSWORD)
  expect(JSON.stringify(rows)).not.toContain(session.ok && session.value.token)
})

test('a wrong password and an unknown e-mail get the same answer', async () => {
  const { email } = await createTestStaff(ctx)
  const wrong = await tryPassword(email, 'not the password')
  expect(wrong).toEqual(await tryPassword('nobody@shop.test', 'not the password'))
  expect(wrong).toMatchObject({ ok: false, error: { code: 'SIGN_IN_FAILED', data: {} } })
})

test('disabled staff cannot sign in', async () => {
  const { id, email } = await createTestStaff(ctx)
  await db.updateTable('staff').set({ disabled_at: TEST_TIME }).where('id', '=', id).execute()
  expect(await outcome(tryPassword(email, TEST_PASSWORD))).toBe('SIGN_IN_FAILED')
})

test('after five failed tries even the right password has to wait', async () => {
  const { email } = await createTestStaff(ctx)
  for (let tries = 0; tries < 5; tries += 1) {
    expect(await outcome(tryPassword(email, 'wrong password'))).toBe('SIGN_IN_FAILED')
  }
  expect(await tryPassword(email, TEST_PASSWORD, { at: later(5) })).toMatchObject({
    error: { code: 'RATE_LIMITED', data: { retryAfter: 600 } },
  })
  expect(await outcome(tryPassword(email, TEST_PASSWORD, { at: later(15) }))).toBe('SIGNED_IN')
})

test('of fifty wrong passwords at once exactly five are looked at', async () => {
  const { email } = await createTestStaff(ctx)
  const codes = await Promise.all(
    Array.from({ length: 50 }, (_, index) => outcome(tryPassword(email, `wrong password ${index}`))),
  )
  expect(codes.filter((code) => code === 'SIGN_IN_FAILED')).toHaveLength(5)
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(45)
})

test('signing in forgets the failures before it', async () => {
  const { email } = await createTestStaff(ctx)
  for (let round = 0; round < 3; round += 1) {
    for (let tries = 0; tries < 4; tries += 1) await tryPassword(email, 'wrong password')
    expect(await outcome(tryPassword(email, TEST_PASSWORD))).toBe('SIGNED_IN')
  }
})

test('one address that tries many e-mails has to wait, and others do not', async () => {
  const { email } = await createTestStaff(ctx)
  const address = '2001:db8::1'
  for (let tries = 0; tries < 20; tries += 1) {
    expect(await outcome(tryPassword(`guess${tries}@shop.test`, 'wrong password', { address }))).toBe(
      'SIGN_IN_FAILED',
    )
  }
  expect(await outcome(tryPassword(email, TEST_PASSWORD, { address: '2001:db8::2' }))).toBe('RATE_LIMITED')
  expect(await outcome(tryPassword(email, TEST_PASSWORD, { address: '2001:db8:1::1' }))).toBe('SIGNED_IN')
})

test('signing in often from one address is no attack', async () => {
  const { email } = await createTestStaff(ctx)
  for (let tries = 0; tries < 30; tries += 1) {
    expect(await outcome(tryPassword(email, TEST_PASSWORD, { address: '192.0.2.1' }))).toBe('SIGNED_IN')
  }
})

test('counts whose window is over are removed with the next failure', async () => {
  await tryPassword('gone@shop.test', 'wrong password')
  await tryPassword('other@shop.test', 'wrong password', { at: later(60) })
  const { count } = await db
    .selectFrom('sign_in_attempt')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(1n)
})

test('a hash costs what it was told to cost', async () => {
  expect(await hashPassword(TEST_PASSWORD, TEST_COST)).toContain('$m=8,t=1,p=1$')
  expect(await hashPassword(TEST_PASSWORD)).toContain('$m=19456,t=2,p=1$')
})
