import { newId, ok } from '@hilo/kernel'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import {
  appendEvents,
  command,
  headPosition,
  InvalidCursorError,
  openDatabase,
  readEvents,
  startEventFeed,
} from '../index.ts'
import type { StoredEvent } from '../index.ts'
import { testContext, testDatabase } from '../testing/index.ts'

const { db, database, url } = await testDatabase()
const ctx = testContext(db)
const feed = await startEventFeed(database)
afterAll(() => feed.close())

const aggregateId = newId()

const append = (type: string, ...payloads: readonly number[]) =>
  command(ctx, { operation: 'append', input: null }, async (inner) => {
    await appendEvents(
      inner,
      payloads.map((payload) => ({ aggregate: 'category', aggregateId, type, payload })),
    )
    return ok(null)
  })

const range = (count: number, from = 0) => Array.from({ length: count }, (_, index) => from + index)

const take = async (events: AsyncIterableIterator<StoredEvent>, count: number): Promise<StoredEvent[]> => {
  const taken: StoredEvent[] = []
  while (taken.length < count) {
    const { value, done } = await events.next()
    if (done) break
    taken.push(value)
  }
  return taken
}

const payloads = (events: readonly StoredEvent[]) => events.map(({ payload }) => payload)

describe('the event feed', () => {
  it('tells a subscriber what comes after it subscribed', async () => {
    const type = 'Live.v1'
    const events = feed.subscribe({ types: [type] })
    await append(type, 1)
    await append('Other.v1', 2)
    await append(type, 3)
    expect(payloads(await take(events, 2))).toEqual([1, 3])
    await events.return?.()
  })

  it('resumes from any event, through what is stored into what is to come, each once and in order', async () => {
    const type = 'Resume.v1'
    const start = await headPosition(db)
    await append(type, ...range(300))
    const events = feed.subscribe({ after: start, types: [type] })
    const first = await take(events, 250)
    const rest = take(events, 100)
    for (const payload of range(50, 300)) await append(type, payload)
    const whole = [...first, ...(await rest)]
    expect(payloads(whole)).toEqual(range(350))
    await events.return?.()
    const again = feed.subscribe({ after: whole[320]!.position, types: [type] })
    expect(payloads(await take(again, 29))).toEqual(range(29, 321))
    await again.return?.()
  })

  it('tells 300 subscribers of 20 writers everything, with a read for each wake-up and not for each subscriber', async () => {
    const type = 'Many.v1'
    const statements: string[] = []
    const watched = openDatabase({ url, log: ({ query }) => statements.push(query.sql) })
    const own = await startEventFeed(watched)
    const subscribers = range(300).map((index) =>
      own.subscribe({
        types: [type],
        filter: ({ payload }) => index % 2 === 0 || Number(payload) % 2 === 0,
      }),
    )
    const received = subscribers.map((events, index) => take(events, index % 2 === 0 ? 200 : 100))
    await Promise.all(range(20).map((writer) => append(type, ...range(10, writer * 10))))
    const result = await Promise.all(received)
    const inOrder = payloads(result[0]!)
    expect(new Set(inOrder)).toEqual(new Set(range(200)))
    for (const [index, events] of result.entries()) {
      const expected = index % 2 === 0 ? inOrder : inOrder.filter((payload) => Number(payload) % 2 === 0)
      expect(payloads(events)).toEqual(expected)
    }
    const reads = statements.filter((statement) => /from "event"/.test(statement))
    expect(reads.length).toBeLessThan(100)
    await own.close()
    await watched.close()
  })

  it('lets a slow subscriber read from the log what its buffer cannot hold', async () => {
    const small = await startEventFeed(database, { buffer: 5 })
    const type = 'Slow.v1'
    const events = small.subscribe({ types: [type] })
    await append(type, 0)
    expect(payloads(await take(events, 1))).toEqual([0])
    for (const payload of range(40, 1)) await append(type, payload)
    await small.beyond((await lastPlace()) ?? small.place(), AbortSignal.timeout(10_000))
    expect(payloads(await take(events, 40))).toEqual(range(40, 1))
    await append(type, 41)
    expect(payloads(await take(events, 1))).toEqual([41])
    await small.close()
  })

  it('finds an event that had to wait for another transaction, which appends and notifies nothing', async () => {
    const type = 'Waits.v1'
    const events = feed.subscribe({ types: [type] })
    await command(ctx, { operation: 'quiet', input: null }, async (inner) => {
      await sql`select pg_current_xact_id()`.execute(inner.db)
      await append(type, 1)
      return ok(null)
    })
    expect(payloads(await take(events, 1))).toEqual([1])
    await events.return?.()
  })

  it('ends a subscription that waits, on return, on its signal and when the feed closes', async () => {
    const own = await startEventFeed(database)
    const returned = own.subscribe()
    const aborting = new AbortController()
    const aborted = own.subscribe({ signal: aborting.signal })
    const closed = own.subscribe()
    const waits = [returned, aborted, closed].map((events) => events.next())
    await returned.return?.()
    aborting.abort()
    await own.close()
    for (const wait of waits) expect(await wait).toEqual({ done: true, value: undefined })
    expect(await own.subscribe({ signal: AbortSignal.abort() }).next()).toMatchObject({ done: true })
  })

  it('goes on after its connection was cut, with what it missed meanwhile', async () => {
    const type = 'Cut.v1'
    const events = feed.subscribe({ types: [type] })
    await append(type, 1)
    expect(payloads(await take(events, 1))).toEqual([1])
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'hilo:listen' and datname = current_database()`.execute(db)
    await append(type, 2, 3)
    expect(payloads(await take(events, 2))).toEqual([2, 3])
    await append(type, 4)
    expect(payloads(await take(events, 1))).toEqual([4])
    await events.return?.()
  })

  it('finds by its slow poll what no notification told', async () => {
    const polling = await startEventFeed(database, { pollEvery: 20 })
    const type = 'Poll.v1'
    const events = polling.subscribe({ types: [type] })
    await sql`insert into event (aggregate, aggregate_id, seq, type, payload, actor)
      values ('silent', ${newId()}, 1, ${type}, '7', 'system')`.execute(db)
    expect(payloads(await take(events, 1))).toEqual([7])
    await polling.close()
  })

  it('keeps the mistake of one filter from the other subscribers', async () => {
    const type = 'Filter.v1'
    const broken = feed.subscribe({
      types: [type],
      filter: () => {
        throw new Error('a bug')
      },
    })
    const failing = expect(broken.next()).rejects.toThrow('a bug')
    const sound = feed.subscribe({ types: [type] })
    await append(type, 1)
    await failing
    expect(payloads(await take(sound, 1))).toEqual([1])
    await sound.return?.()
  })

  it('refuses a position that is none', () => {
    expect(() => feed.subscribe({ after: 'nonsense' })).toThrow(InvalidCursorError)
  })

  it('refuses a position that lies in the future, and takes one that the feed has yet to reach', async () => {
    const future = Buffer.from(JSON.stringify(['18446744073709551615', '1'])).toString('base64url')
    await expect(feed.subscribe({ after: future }).next()).rejects.toBeInstanceOf(InvalidCursorError)
    const type = 'Ahead.v1'
    const events = feed.subscribe({ after: await headPosition(db), types: [type] })
    await append(type, 1)
    expect(payloads(await take(events, 1))).toEqual([1])
    await events.return?.()
  })
})

const lastPlace = async () => {
  const { rows } = await sql<{
    tx: string
    id: bigint
  }>`select tx, id - 1 as id from event order by tx desc, id desc
    limit 1`.execute(db)
  return rows[0] && { tx: BigInt(rows[0].tx), id: rows[0].id }
}

it('has read the log in the same order as anybody else', async () => {
  const whole = await readEvents(db, { limit: 10_000 })
  const seqs = whole.filter((event) => event.aggregateId === aggregateId).map(({ seq }) => seq)
  expect(seqs).toEqual(range(seqs.length, 1))
})
