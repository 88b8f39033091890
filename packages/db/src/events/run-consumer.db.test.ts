import { newId, ok } from '@hilo/kernel'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import {
  appendEvents,
  command,
  type Consumer,
  type Database,
  openDatabase,
  runConsumer,
  startEventFeed,
} from '../index.ts'
import { logSettled, testContext, testDatabase } from '../testing/index.ts'

const { db, database, url } = await testDatabase()
const ctx = testContext(db)
const other = openDatabase({ url, name: 'other process' })
const feeds = new Map([
  [database, await startEventFeed(database)],
  [other, await startEventFeed(other)],
])
afterAll(async () => {
  await Promise.all([...feeds.values()].map((feed) => feed.close()))
  await other.close()
})

await sql`create table effect (consumer text, payload int, position text)`.execute(db)

const aggregateId = newId()
const append = (type: string, ...payloads: readonly number[]) =>
  command(ctx, { operation: 'append', input: null }, async (inner) => {
    await appendEvents(
      inner,
      payloads.map((payload) => ({ aggregate: 'category', aggregateId, type, payload })),
    )
    return ok(null)
  })

const range = (count: number) => Array.from({ length: count }, (_, index) => index)

const effects = async (name: string): Promise<number[]> => {
  const { rows } = await sql<{
    payload: number
  }>`select payload from effect where consumer = ${name}`.execute(db)
  return rows.map(({ payload }) => payload)
}

/** A consumer that writes an effect for each event and tells when it has seen the one with payload `last`. */
const consume = (from: Database, name: string, options: Partial<Consumer> & { last: number }) => {
  const stopping = new AbortController()
  const done = Promise.withResolvers<void>()
  const running = runConsumer({
    db: from.kysely,
    feed: feeds.get(from)!,
    name,
    types: [name],
    signal: stopping.signal,
    handle: async (tx, event) => {
      await sql`insert into effect values (${name}, ${Number(event.payload)}, ${event.position})`.execute(tx)
      if (event.payload === options.last) done.resolve()
    },
    ...options,
  })
  return {
    done: done.promise,
    finish: done.resolve,
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

describe('a durable consumer', () => {
  it('handles what was there and what comes, in order, and goes on where it stopped', async () => {
    const name = 'Order.v1'
    await append(name, ...range(250))
    const first = consume(database, name, { last: 251 })
    await append('Other.v1', 1)
    await append(name, 250, 251)
    await first.done
    await first.stop()
    await append(name, 252)
    const second = consume(database, name, { last: 252 })
    await second.done
    await second.stop()
    expect(await effects(name)).toEqual(range(253))
  })

  it('handles each event once when two processes run it while 20 writers append', async () => {
    const name = 'Twice.v1'
    const both = [consume(database, name, { last: 999 }), consume(other, name, { last: 999 })]
    await Promise.all(
      range(20).map((writer) => append(name, ...range(10).map((index) => writer * 10 + index))),
    )
    await append(name, 999)
    await Promise.race(both.map(({ done }) => done))
    await Promise.all(both.map(({ stop }) => stop()))
    const handled = await effects(name)
    expect(handled).toHaveLength(201)
    expect(new Set(handled).size).toBe(201)
  })

  it('undoes what a failing handler did and tries that event again, after all before it', async () => {
    const name = 'Fails.v1'
    const failures: unknown[] = []
    let failing = 3
    const own = consume(database, name, {
      last: 9,
      handle: async (tx, event) => {
        await sql`insert into effect values (${name}, ${Number(event.payload)}, ${event.position})`.execute(
          tx,
        )
        if (event.payload === 5 && failing-- > 0) throw new Error('not yet')
        if (event.payload === 9) own.finish()
      },
      onError: (error, event) => failures.push([(error as Error).message, event?.payload]),
    })
    await append(name, ...range(10))
    await own.done
    await own.stop()
    expect(await effects(name)).toEqual(range(10))
    expect(failures).toEqual(Array.from({ length: 3 }, () => ['not yet', 5]))
  })

  it('loses and doubles nothing when its connection is cut in the middle of a handler', async () => {
    const name = 'Crash.v1'
    let cut = false
    const own = consume(other, name, {
      last: 19,
      handle: async (tx, event) => {
        await sql`insert into effect values (${name}, ${Number(event.payload)}, ${event.position})`.execute(
          tx,
        )
        if (event.payload === 10 && !cut) {
          cut = true
          const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
          await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(db)
        }
        if (event.payload === 19) own.finish()
      },
    })
    await append(name, ...range(20))
    await own.done
    await own.stop()
    expect(cut).toBe(true)
    expect(await effects(name)).toEqual(range(20))
  })

  it('takes over when the process that was at it stops', async () => {
    const name = 'Takeover.v1'
    const entered = Promise.withResolvers<void>()
    const hold = Promise.withResolvers<void>()
    const holder = consume(database, name, {
      last: 1,
      handle: async () => {
        entered.resolve()
        await hold.promise
        throw new Error('dies')
      },
    })
    await append(name, 1)
    await entered.promise
    const heir = consume(other, name, { last: 1 })
    const stopped = holder.stop()
    hold.resolve()
    await stopped
    await heir.done
    await heir.stop()
    expect(await effects(name)).toEqual([1])
  })

  it('can take all events of a transaction at once, and tries the one that fails on its own', async () => {
    const name = 'Batch.v1'
    const batches: number[] = []
    const done = Promise.withResolvers<void>()
    const stopping = new AbortController()
    let failing = 2
    await append(name, ...range(250))
    const running = runConsumer({
      db,
      feed: feeds.get(database)!,
      name,
      types: [name],
      signal: stopping.signal,
      handleAll: async (tx, events) => {
        const values = events.map(({ payload }) => Number(payload))
        await sql`insert into effect select ${name}, unnest(${values}::int[]), ''`.execute(tx)
        if (values.includes(120) && failing-- > 0) throw new Error('not yet')
        batches.push(values.length)
        if (values.includes(249)) done.resolve()
      },
    })
    await done.promise
    stopping.abort()
    await running
    expect(await effects(name)).toEqual(range(250))
    expect(batches.length).toBeLessThan(20)
  })

  it('can begin now rather than with the first event ever', async () => {
    const name = 'Now.v1'
    await append(name, 1)
    await logSettled(db)
    const own = consume(database, name, { last: 3, from: 'now' })
    await expect
      .poll(() => db.selectFrom('event_consumer').where('name', '=', name).select('name').execute())
      .toHaveLength(1)
    await append(name, 2, 3)
    await own.done
    await own.stop()
    expect(await effects(name)).toEqual([2, 3])
  })
})
