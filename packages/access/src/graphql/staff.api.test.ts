import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, GUEST, unwrap, type Actor } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { resolveActor } from '../resolve-actor.ts'
import { createTestStaff, staffActor, TEST_PASSWORD } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)
const as = (actor: Actor) => testContext(db, { actor })

const SIGN_IN = `mutation ($input: StaffSignInInput!) { staffSignIn(input: $input) {
  staff { id name email permissions } token expiresAt userErrors { code message path } replayed
} }`

const signIn = async (input: Record<string, unknown>) => {
  const { data } = await ask<{ staffSignIn: Record<string, unknown> & { token: string } }>(SIGN_IN, {
    ctx: as(GUEST),
    variables: { input },
  })
  return data.staffSignIn
}

test('staff sign in, are who they are, and sign out', async () => {
  const { id, email } = await createTestStaff(ctx, { permissions: ['prices:write'] })
  const signedIn = await signIn({ email, password: TEST_PASSWORD })
  expect(signedIn).toMatchObject({
    staff: { id: encodeId('staff', id), email, permissions: ['prices:read', 'prices:write'] },
    expiresAt: '2026-03-02T22:00:00.000Z',
    userErrors: [],
  })
  const claim = { bearer: signedIn.token, now: ctx.now() }
  const actor = unwrap(await resolveActor(db, claim))
  const node = await ask(`{ node(id: "${encodeId('staff', id)}") { ... on Staff { email } } }`, {
    ctx: as(actor),
  })
  expect(node).toEqual({ data: { node: { email } } })
  const signedOut = await ask('mutation { staffSignOut(input: {}) { done userErrors { code } } }', {
    ctx: as(actor),
  })
  expect(signedOut).toEqual({ data: { staffSignOut: { done: true, userErrors: [] } } })
  expect(await resolveActor(db, claim)).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
})

test('a wrong password is a user error in the language of the request', async () => {
  const { email } = await createTestStaff(ctx)
  const input = { email, password: 'wrong password' }
  expect(await signIn(input)).toMatchObject({
    staff: null,
    token: null,
    userErrors: [{ code: 'SIGN_IN_FAILED', message: 'The e-mail or the password is not right.' }],
  })
  const { data } = await ask<{ staffSignIn: unknown }>(SIGN_IN, {
    ctx: testContext(db, { actor: GUEST, locale: 'es' }),
    variables: { input },
  })
  expect(data.staffSignIn).toMatchObject({
    userErrors: [{ message: 'El correo o la contraseña no son correctos.' }],
  })
})

test('an idempotency key does not make a token come twice', async () => {
  const { email } = await createTestStaff(ctx)
  const input = { email, password: TEST_PASSWORD, idempotencyKey: 'the same key for ever' }
  const [first, second] = [await signIn(input), await signIn(input)]
  expect(first.token).not.toBe(second.token)
  expect(second.replayed).toBe(false)
  expect(await db.selectFrom('idempotency').selectAll().execute()).toEqual([])
})

test('staff see themselves only, unless they run the shop', async () => {
  const { id } = await createTestStaff(ctx)
  const query = `{ node(id: "${encodeId('staff', id)}") { id } }`
  expect(await ask(query, { ctx: as(staffActor(['catalog:write'])) })).toEqual({ data: { node: null } })
  expect(await ask(query, { ctx: as(GUEST) })).toEqual({ data: { node: null } })
  expect(await ask(query, { ctx: as(staffActor(['settings:write'])) })).toMatchObject({ data: { node: {} } })
})

test('a guest has nothing to sign out of', async () => {
  const answer = await ask('mutation { staffSignOut(input: {}) { done } }', { ctx: as(GUEST) })
  expect(answer.errors?.[0]).toMatchObject({ extensions: { code: 'UNAUTHENTICATED' } })
})
