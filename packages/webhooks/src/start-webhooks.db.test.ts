import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed } from '@hilo/db'
import { logSettled, testContext, testDatabase } from '@hilo/db/testing'
import { systemClock } from '@hilo/kernel'
import { afterAll, expect, it } from 'vitest'
import { startWebhooks } from './start-webhooks.ts'
import { appendOrders, createTestEndpoint, startReceiver, testOutbound } from './testing/index.ts'

const { db, database } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { now: systemClock, channel: webEu })
const outbound = testOutbound()
const receiver = await startReceiver()
const feed = await startEventFeed(database)
afterAll(async () => {
  await feed.close()
  await receiver.close()
})

it('tells what happens from now on, once, though two processes follow, and stops when told to', async () => {
  await createTestEndpoint(ctx, outbound, { url: receiver.url, eventTypes: ['order.*'] })
  await appendOrders(ctx, ['before'])
  await logSettled(db)
  const stopping = new AbortController()
  const failures: object[] = []
  const logger = { error: (facts: object) => failures.push(facts) }
  const work = { db, feed, clock: systemClock, outbound, logger, signal: stopping.signal }
  const running = [startWebhooks(work), startWebhooks(work)]
  await expect
    .poll(() => db.selectFrom('event_consumer').select('name').where('name', '=', 'webhooks').execute())
    .toHaveLength(1)
  const numbers = Array.from({ length: 50 }, (_, index) => `H-${index}`)
  for (const number of numbers) await appendOrders(ctx, [number])
  await receiver.until(50)
  stopping.abort()
  await Promise.all(running)
  const told = receiver.received.map(
    ({ body }) => (JSON.parse(body) as { data: { number: string } }).data.number,
  )
  expect(told.sort()).toEqual(numbers.sort())
  expect(failures).toEqual([])
})
