import { rm } from 'node:fs/promises'
import { newId, ok } from '@hilo/kernel'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import {
  appendEvents,
  command,
  migrate,
  openDatabase,
  runConsumer,
  startEmbeddedPostgres,
  startEventFeed,
} from '../index.ts'
import { testContext } from '../testing/index.ts'
import { temporaryFolder } from '../testing/throwaway-postgres.ts'

it('goes on after the server was away: subscribers and consumers hear everything, once', async () => {
  const dataDir = await temporaryFolder()
  const first = await startEmbeddedPostgres({ dataDir })
  const database = openDatabase({ url: first.url })
  await migrate(database.kysely)
  const warnings: string[] = []
  const feed = await startEventFeed(database, { logger: { warn: (_, message) => warnings.push(message) } })
  const ctx = testContext(database.kysely)
  const append = (payload: number) =>
    command(ctx, { operation: 'append', input: payload }, async (inner) => {
      await appendEvents(inner, [{ aggregate: 'category', aggregateId: newId(), type: 'Outage.v1', payload }])
      return ok(null)
    })

  const subscribed = feed.subscribe()
  await sql`create table handled (payload integer)`.execute(database.kysely)
  const reached = new Map([1, 2].map((payload) => [payload, Promise.withResolvers<void>()]))
  const stopping = new AbortController()
  const consumer = runConsumer({
    db: database.kysely,
    feed,
    name: 'outage',
    types: ['Outage.v1'],
    signal: stopping.signal,
    handle: async (tx, { payload }) => {
      await sql`insert into handled values (${payload})`.execute(tx)
      reached.get(Number(payload))!.resolve()
    },
  })
  await append(1)
  await reached.get(1)!.promise
  expect((await subscribed.next()).value?.payload).toBe(1)

  await first.stop()
  await expect(append(2)).rejects.toThrow()
  const second = await startEmbeddedPostgres({ dataDir, port: first.port })
  await append(2)
  await reached.get(2)!.promise
  expect((await subscribed.next()).value?.payload).toBe(2)
  expect(warnings).not.toHaveLength(0)

  stopping.abort()
  await consumer
  const handled = await sql<{ payload: number }>`select payload from handled order by payload`.execute(
    database.kysely,
  )
  expect(handled.rows).toEqual([{ payload: 1 }, { payload: 2 }])
  await feed.close()
  await database.close()
  await second.stop()
  await rm(dataDir, { recursive: true })
})
