import { TEST_TIME, testContext, testDatabase } from '@hilo/db/testing'
import { newId, unwrap } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { refreshSession } from './refresh-session.ts'
import { resolveActor } from './resolve-actor.ts'
import { forgetEndedSessions, openSession } from './session.ts'

const { db } = await testDatabase()
const at = (seconds: number) => new Date(TEST_TIME.getTime() + seconds * 1000)
const ctxAt = (seconds: number) => testContext(db, { now: () => at(seconds) })

const signIn = async () => {
  const customerId = newId()
  const opened = await openSession(db, { kind: 'customer', subjectId: customerId, now: TEST_TIME })
  return { customerId, token: opened.token, refreshToken: opened.refreshToken! }
}

const refresh = (refreshToken: string, seconds: number) => refreshSession(ctxAt(seconds), { refreshToken })

const opens = async (bearer: string, seconds: number) =>
  (await resolveActor(db, { bearer, now: at(seconds) })).ok

const DAY = 86_400
const MINUTE = 60

test('A refresh token gets the next tokens; the access token before works until its own end', async () => {
  const first = await signIn()
  const next = unwrap(await refresh(first.refreshToken, 10 * MINUTE))
  expect(next.subjectId).toBe(first.customerId)
  expect(next.expiresAt).toEqual(at(25 * MINUTE))
  expect(new Set([first.token, first.refreshToken, next.token, next.refreshToken]).size).toBe(4)
  expect([await opens(first.token, 14 * MINUTE), await opens(first.token, 15 * MINUTE)]).toEqual([
    true,
    false,
  ])
  expect([await opens(next.token, 24 * MINUTE), await opens(next.token, 25 * MINUTE)]).toEqual([true, false])
})

test('One that was used up before ends the whole session, and the log says why', async () => {
  const first = await signIn()
  const second = unwrap(await refresh(first.refreshToken, MINUTE))
  const third = unwrap(await refresh(second.refreshToken, 2 * MINUTE))
  expect(await refresh(first.refreshToken, 3 * MINUTE)).toMatchObject({
    error: { code: 'REFRESH_TOKEN_INVALID' },
  })
  for (const token of [second.token, third.token]) expect(await opens(token, 3 * MINUTE)).toBe(false)
  expect(await refresh(third.refreshToken, 3 * MINUTE)).toMatchObject({
    error: { code: 'REFRESH_TOKEN_INVALID' },
  })
  const events = await db
    .selectFrom('event')
    .select(['type', 'permission', 'scope'])
    .where('aggregate', '=', 'session')
    .orderBy('id')
    .execute()
  expect(events).toEqual([
    { type: 'RefreshTokenReused.v1', permission: 'audit:read', scope: {} },
    { type: 'SessionRevoked.v1', permission: 'customers:read', scope: { customer: first.customerId } },
  ])
})

test('Two windows that refresh at once get the same tokens, which go on; half a minute later it is reuse', async () => {
  const { refreshToken } = await signIn()
  const many = await Promise.all(Array.from({ length: 8 }, () => refresh(refreshToken, 100)))
  const answers = many.map((each) => unwrap(each))
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(unwrap(await refresh(refreshToken, 130))).toEqual(answers[0])
  expect(await opens(answers[0]!.token, 130)).toBe(true)
  expect((await refresh(answers[0]!.refreshToken, 120)).ok).toBe(true)
  expect((await refresh(refreshToken, 131)).ok).toBe(false)
})

test('A refresh token lasts 30 days from the last refresh, and nothing forged gets any', async () => {
  const { refreshToken } = await signIn()
  const next = unwrap(await refresh(refreshToken, 29 * DAY))
  expect((await refresh(next.refreshToken, 59 * DAY)).ok).toBe(false)
  for (const forged of ['', 'hr_x', next.token, next.refreshToken.slice(0, -1), `hr_${'x'.repeat(65)}`]) {
    expect((await refresh(forged, 30 * DAY)).ok).toBe(false)
  }
  expect((await refresh(next.refreshToken, 30 * DAY)).ok).toBe(true)
})

test('Guesses from one address are counted, and the right token is not throttled by them', async () => {
  const { refreshToken } = await signIn()
  const from = (token: string) => refreshSession(ctxAt(0), { refreshToken: token, address: '192.0.2.7' })
  const codes = []
  for (let tries = 0; tries < 22; tries += 1) {
    const guess = await from(`hr_${'y'.repeat(65)}`)
    codes.push(guess.ok ? 'OK' : guess.error.code)
  }
  expect([codes[19], codes[20]]).toEqual(['REFRESH_TOKEN_INVALID', 'RATE_LIMITED'])
  expect((await from(refreshToken)).ok).toBe(true)
})

test('Only hashes are stored, one row however often it rotates, until a week after its end', async () => {
  const first = await signIn()
  const tokens = [first.token, first.refreshToken]
  let { refreshToken } = first
  for (let round = 1; round <= 5; round += 1) {
    const next = unwrap(await refresh(refreshToken, round * MINUTE))
    tokens.push(next.token, next.refreshToken)
    refreshToken = next.refreshToken
  }
  const rows = () => db.selectFrom('session').selectAll().where('subject_id', '=', first.customerId).execute()
  const stored = JSON.stringify(await rows())
  expect(await rows()).toHaveLength(1)
  for (const token of tokens) expect(stored).not.toContain(token)
  await forgetEndedSessions(db, at(36 * DAY))
  expect(await rows()).toHaveLength(1)
  await forgetEndedSessions(db, at(38 * DAY))
  expect(await rows()).toHaveLength(0)
})
