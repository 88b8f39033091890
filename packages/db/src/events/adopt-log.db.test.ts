import { newId, ok } from '@hilo/kernel'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { appendEvents, command, migrate, readEvents, runConsumer, startEventFeed } from '../index.ts'
import { logSettled, testContext, testDatabase } from '../testing/index.ts'

const { db, database } = await testDatabase()
const ctx = testContext(db)
const type = 'Moved.v1'

const append = (...payloads: readonly number[]) =>
  command(ctx, { operation: 'append', input: null }, async (inner) => {
    const aggregateId = newId()
    await appendEvents(
      inner,
      payloads.map((payload) => ({ aggregate: 'category', aggregateId, type, payload })),
    )
    return ok(null)
  })

const consume = async (last: number): Promise<readonly unknown[]> => {
  const feed = await startEventFeed(database)
  const stopping = new AbortController()
  const handled: unknown[] = []
  const handle = async (_: unknown, { payload }: { payload: unknown }) => {
    handled.push(payload)
    if (payload === last) stopping.abort()
  }
  await runConsumer({ db, feed, name: 'moved', types: [type], handle, signal: stopping.signal })
  await feed.close()
  return handled
}

/** What a restore from the dump of a server that is a million million transactions ahead leaves. */
const comeFromElsewhere = async () => {
  const later = sql`(tx::text::numeric + 1e12)::text::xid8`
  await sql`update event set tx = ${later}`.execute(db)
  await sql`update event_consumer set tx = ${later} where tx <> '0'`.execute(db)
}

it('reads on in a log that was restored from the dump of another server', async () => {
  await append(1, 2)
  await append(3)
  expect(await consume(3)).toEqual([1, 2, 3])
  await append(4)
  await comeFromElsewhere()
  expect(await readEvents(db, { limit: 10 })).toEqual([])
  await Promise.all([migrate(db), migrate(db)])
  await append(5)
  await logSettled(db)
  const events = await readEvents(db, { types: [type], limit: 10 })
  expect(events.map(({ payload }) => payload)).toEqual([1, 2, 3, 4, 5])
  expect(await consume(5)).toEqual([4, 5])
})

it('leaves a log of its own as it is', async () => {
  const before = await db.selectFrom('event').select(['tx', 'id']).orderBy('id').execute()
  await migrate(db)
  expect(await db.selectFrom('event').select(['tx', 'id']).orderBy('id').execute()).toEqual(before)
})
