import { TEST_COST, TEST_PASSWORD } from '@hilo/access/testing'
import { TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { SYSTEM } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { customersByIds } from './customer-queries.ts'
import { signInCustomer } from './sign-in-customer.ts'
import { signUpCustomer, type SignUp } from './sign-up.ts'

const { db } = await testDatabase()
const ctx = testContext(db, { locale: 'es' })

const signUp = (overrides: Partial<SignUp> = {}) =>
  signUpCustomer(
    ctx,
    { name: 'Ana', email: 'ana@home.test', password: TEST_PASSWORD, ...overrides },
    TEST_COST,
  )

const outcome = async (attempt: ReturnType<typeof signUp>) => {
  const result = await attempt
  return result.ok ? 'OK' : result.error.code
}

test('signing up makes a customer, their event and their first session', async () => {
  const signedUp = await signUp({ email: ' Maria@Home.test ' })
  if (!signedUp.ok) throw new Error(signedUp.error.code)
  const { customerId, token, expiresAt } = signedUp.value
  expect(token).toMatch(/^hc_/)
  expect(expiresAt).toEqual(new Date('2026-03-02T10:15:00Z'))
  expect(await customersByIds(db, SYSTEM, [customerId])).toEqual([
    {
      id: customerId,
      name: 'Ana',
      email: 'maria@home.test',
      locale: 'es',
      createdAt: TEST_TIME,
      loyaltyTier: null,
    },
  ])
  const events = await db.selectFrom('event').selectAll().where('aggregate_id', '=', customerId).execute()
  expect(events).toMatchObject([
    {
      aggregate: 'customer',
      type: 'CustomerCreated.v1',
      seq: 1,
      scope: { customer: customerId, channel: ctx.channel.id },
      permission: 'customers:read',
    },
  ])
})

test('of many who sign up with one e-mail at once, one gets it and nothing is left of the others', async () => {
  const before = await countCustomers()
  const email = 'one@home.test'
  const codes = await Promise.all(Array.from({ length: 10 }, () => outcome(signUp({ email }))))
  expect(codes.filter((code) => code === 'OK')).toHaveLength(1)
  expect(codes.filter((code) => code === 'EMAIL_TAKEN')).toHaveLength(9)
  expect(await countCustomers()).toBe(before + 1)
})

const countCustomers = async () => (await db.selectFrom('customer').select('id').execute()).length

test('what cannot be a customer is refused before anything is stored', async () => {
  const before = await countCustomers()
  expect(await outcome(signUp({ name: '' }))).toBe('NAME_INVALID')
  expect(await outcome(signUp({ email: 'ana' }))).toBe('EMAIL_INVALID')
  expect(await outcome(signUp({ password: '123456789' }))).toBe('PASSWORD_LENGTH_INVALID')
  expect(await countCustomers()).toBe(before)
})

test('nobody can ask for many e-mails who has an account', async () => {
  const email = 'known@home.test'
  await signUp({ email })
  const codes = []
  for (let tries = 0; tries < 21; tries += 1)
    codes.push(await outcome(signUp({ email, address: '192.0.2.9' })))
  expect(codes.slice(0, 20).every((code) => code === 'EMAIL_TAKEN')).toBe(true)
  expect(codes[20]).toBe('RATE_LIMITED')
})

test('many who sign up from one address are no attack', async () => {
  for (let count = 0; count < 25; count += 1) {
    const code = await outcome(signUp({ email: `family${count}@home.test`, address: '192.0.2.10' }))
    expect(code).toBe('OK')
  }
})

test('a customer signs in with e-mail and password, and staff passwords do not count here', async () => {
  const email = 'signs-in@home.test'
  await signUp({ email })
  const signIn = (password: string) => signInCustomer(ctx, { email, password }, TEST_COST)
  expect(await signIn(TEST_PASSWORD)).toMatchObject({
    ok: true,
    value: { token: expect.stringMatching(/^hc_/) },
  })
  expect(await signIn('wrong password')).toMatchObject({ ok: false, error: { code: 'SIGN_IN_FAILED' } })
})
