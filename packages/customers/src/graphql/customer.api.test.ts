import { resolveActor } from '@hilo/access'
import { staffActor, TEST_PASSWORD } from '@hilo/access/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST, newId, unwrap, type Actor } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createTestCustomer } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const as = (actor: Actor) => ({ ctx: testContext(db, { actor }) })
const reader = staffActor(['customers:read'])

const SIGN_UP = `mutation ($input: CustomerSignUpInput!) { customerSignUp(input: $input) {
  customer { id name email locale consents { purpose } } token expiresAt userErrors { code path ... on PasswordLengthInvalidError { min } }
} }`

interface SignedUp {
  readonly customerSignUp: { readonly token: string; readonly customer: { readonly id: string } }
}

test('a guest signs up, is a customer, and signs out', async () => {
  const input = { name: 'Ana', email: 'ana@home.test', password: TEST_PASSWORD, locale: 'es' }
  const { data } = await ask<SignedUp>(SIGN_UP, { ...as(GUEST), variables: { input } })
  const { customer, token } = data.customerSignUp
  expect(customer).toMatchObject({ name: 'Ana', email: 'ana@home.test', locale: 'es', consents: [] })
  const claim = { bearer: token, now: ctx.now() }
  const self = unwrap(await resolveActor(db, claim))
  const query = `{ customer(id: "${customer.id}") { email } }`
  expect(await ask(query, as(self))).toEqual({ data: { customer: { email: 'ana@home.test' } } })
  const signedOut = await ask('mutation { customerSignOut(input: {}) { done } }', as(self))
  expect(signedOut).toEqual({ data: { customerSignOut: { done: true } } })
  expect((await resolveActor(db, claim)).ok).toBe(false)
})

test('signing up and in explain what is wrong', async () => {
  const { email } = await createTestCustomer(ctx)
  const refusal = async (input: object) =>
    (await ask<{ customerSignUp: object }>(SIGN_UP, { ...as(GUEST), variables: { input } })).data
      .customerSignUp
  expect(await refusal({ name: 'Ana', email, password: 'short' })).toMatchObject({
    customer: null,
    userErrors: [{ code: 'PASSWORD_LENGTH_INVALID', path: ['password'], min: 10 }],
  })
  expect(await refusal({ name: 'Ana', email, password: TEST_PASSWORD })).toMatchObject({
    token: null,
    userErrors: [{ code: 'EMAIL_TAKEN', path: ['email'] }],
  })
  const signIn = `mutation { customerSignIn(input: { email: "${email}", password: "wrong password" }) {
    customer { id } token userErrors { code } } }`
  expect(await ask(signIn, as(GUEST))).toEqual({
    data: { customerSignIn: { customer: null, token: null, userErrors: [{ code: 'SIGN_IN_FAILED' }] } },
  })
})

test('a customer gives and withdraws a consent, and each change is one event', async () => {
  const { id } = await createTestCustomer(ctx)
  const set = async (given: boolean) =>
    ask<{ consentSet: { customer: { consents: unknown } } }>(
      `mutation { consentSet(input: { purpose: DEVICE_PURCHASE, given: ${given} }) {
        customer { consents { purpose given at } } userErrors { code } } }`,
      as({ kind: 'customer', customerId: id }),
    )
  const at = '2026-03-02T10:00:00.000Z'
  await set(false)
  for (const given of [true, true, false, false, true]) {
    expect((await set(given)).data.consentSet.customer.consents).toEqual([
      { purpose: 'DEVICE_PURCHASE', given, at },
    ])
  }
  const events = await db
    .selectFrom('event')
    .select('payload')
    .where('aggregate_id', '=', id)
    .where('type', '=', 'ConsentChanged.v1')
    .orderBy('seq')
    .execute()
  expect(events.map(({ payload }) => payload)).toMatchObject([
    { given: true },
    { given: false },
    { given: true },
  ])
})

test('nobody else consents for a customer', async () => {
  const mutation = 'mutation { consentSet(input: { purpose: MARKETING, given: true }) { customer { id } } }'
  const device = { kind: 'device', deviceId: newId(), customerId: newId() } as const
  expect(await ask(mutation, as(GUEST))).toMatchObject({
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  })
  expect(await ask(mutation, as(device))).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] })
})

test('a customer sees themselves; of others they learn nothing', async () => {
  const [self, other] = [await createTestCustomer(ctx), await createTestCustomer(ctx)]
  const actor = { kind: 'customer', customerId: self.id } as const
  const query = (id: string) => `{ customer(id: "${encodeId('customer', id)}") { email } }`
  expect(await ask(query(self.id), as(actor))).toEqual({ data: { customer: { email: self.email } } })
  const foreign = await ask(query(other.id), as(actor))
  expect(foreign).toMatchObject({ data: { customer: null }, errors: [{ extensions: { code: 'NOT_FOUND' } }] })
  const unknown = await ask(query(newId()), as(actor))
  expect(unknown.errors?.[0]?.extensions?.['code']).toBe(foreign.errors?.[0]?.extensions?.['code'])
  const node = `{ node(id: "${encodeId('customer', other.id)}") { id } }`
  expect(await ask(node, as(actor))).toEqual({ data: { node: null } })
  expect(await ask('{ customers { nodes { id } } }', as(actor))).toMatchObject({
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  })
})

interface Page {
  readonly customers: {
    readonly nodes: readonly { readonly email: string }[]
    readonly totalCount: number
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
  }
}

test('staff page through customers, newest first, in one statement a page', async () => {
  const emails = []
  for (let count = 0; count < 5; count += 1) {
    emails.push((await createTestCustomer(ctx, { email: `page${count}@paging.test` })).email)
  }
  const query = `query ($after: String) { customers(first: 2, search: "@PAGING", after: $after) {
    nodes { email } pageInfo { hasNextPage endCursor } } }`
  const seen: string[] = []
  let after: string | undefined
  for (let more = true; more;) {
    const { result, statements } = await recordStatements(() =>
      ask<Page>(query, { ...as(reader), variables: { after } }),
    )
    expect(statements).toHaveLength(1)
    const { nodes, pageInfo } = result.data.customers
    seen.push(...nodes.map(({ email }) => email))
    after = pageInfo.endCursor
    more = pageInfo.hasNextPage
  }
  expect(seen).toEqual(emails.reverse())
})

test('search finds parts of names and e-mails, takes % literally, and counts', async () => {
  await createTestCustomer(ctx, { name: 'Íñigo 100% Montoya', email: 'inigo@search.test' })
  const found = async (search: string) => {
    const query = 'query ($search: String) { customers(search: $search) { nodes { email } totalCount } }'
    const { data } = await ask<Page>(query, { ...as(reader), variables: { search } })
    return data.customers.totalCount
  }
  expect(await found('montoya')).toBe(1)
  expect(await found('inigo@')).toBe(1)
  expect(await found('100%')).toBe(1)
  expect(await found('10%')).toBe(0)
  expect(await found('_nigo')).toBe(0)
})

test('a cursor of another list is refused', async () => {
  const query = '{ customers(after: "WyJ4Il0") { nodes { id } } }'
  expect(await ask(query, as(reader))).toMatchObject({ errors: [{ extensions: { code: 'INVALID_CURSOR' } }] })
})
