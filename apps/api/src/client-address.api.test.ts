import { addressThrottle } from '@hilo/access'
import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed } from '@hilo/db'
import { testDatabase } from '@hilo/db/testing'
import { systemClock } from '@hilo/kernel'
import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import { createApi } from './create-api.ts'

const { db, database } = await testDatabase()
await createTestChannels(db)
const feed = await startEventFeed(database)
const api = createApi({
  database,
  feed,
  clock: systemClock,
  logger: pino({ level: 'silent' }),
  corsOrigin: '*',
  trustedProxies: ['10.0.0.0/8'],
})

afterAll(() => feed.close())

const failToSignIn = (peer: string, forwardedFor: string) =>
  api.fetch(
    'http://localhost/graphql',
    {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
      body: JSON.stringify({
        query:
          'mutation { staffSignIn(input: { email: "a@shop.test", password: "no such password" }) { token } }',
      }),
    },
    { clientAddress: peer },
  )

const triesFrom = async (address: string): Promise<number> => {
  const { key } = addressThrottle('staff', address)
  const row = await db.selectFrom('sign_in_attempt').select('tries').where('key', '=', key).executeTakeFirst()
  return row?.tries ?? 0
}

it('counts tries against the client behind a proxy of ours, and believes nobody else', async () => {
  await failToSignIn('10.0.0.1', '203.0.113.7')
  expect([await triesFrom('203.0.113.7'), await triesFrom('10.0.0.1')]).toEqual([1, 0])
  await failToSignIn('198.51.100.1', '203.0.113.7')
  expect([await triesFrom('203.0.113.7'), await triesFrom('198.51.100.1')]).toEqual([1, 1])
})
