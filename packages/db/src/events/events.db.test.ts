import { newId, ok } from '@hilo/kernel'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import {
  appendEvents,
  command,
  headPosition,
  InvalidCursorError,
  type NewEvent,
  readEvents,
} from '../index.ts'
import { logSettled, TEST_CHANNEL, TEST_TIME, testContext, testDatabase } from '../testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)

const renamed = (aggregateId: string, payload: NewEvent['payload'] = null): NewEvent => ({
  aggregate: 'category',
  aggregateId,
  type: 'CategoryRenamed.v1',
  payload,
})

const append = (...events: readonly NewEvent[]) =>
  command(ctx, { operation: 'append', input: null }, async (inner) => {
    await appendEvents(inner, events)
    return ok(null)
  })

const all = async (after: string) => readEvents(db, { after, limit: 1_000 })

const settledAfter = async (after: string) => {
  await logSettled(db)
  return all(after)
}

describe('the event log', () => {
  it('keeps who, where, when and what', async () => {
    const after = await headPosition(db)
    const [customer, id] = [newId(), newId()]
    await append({
      ...renamed(id, { from: 'a', list: [1, null] }),
      scope: { customer },
      permission: 'orders:read',
    })
    const [event] = await settledAfter(after)
    expect(event).toEqual({
      position: expect.any(String),
      aggregate: 'category',
      aggregateId: id,
      seq: 1,
      type: 'CategoryRenamed.v1',
      payload: { from: 'a', list: [1, null] },
      scope: { customer },
      permission: 'orders:read',
      actor: 'system',
      channelId: TEST_CHANNEL.id,
      correlationId: 'test',
      traceparent: null,
      at: TEST_TIME,
    })
  })

  it('keeps the order of one append and counts each aggregate on its own', async () => {
    const after = await headPosition(db)
    const [a, b] = [newId(), newId()]
    await append(renamed(a, 1), renamed(b, 2), renamed(a, 3), renamed(a, 4))
    await append(renamed(b, 5))
    const events = await settledAfter(after)
    expect(events.map(({ payload, seq }) => [payload, seq])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 2],
    ])
  })

  it('numbers an aggregate without gaps or doubles when 20 writers meet, whatever else they lock', async () => {
    const after = await headPosition(db)
    const [a, b] = [newId(), newId()]
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 ? append(renamed(a), renamed(b)) : append(renamed(b), renamed(a)),
      ),
    )
    const events = await settledAfter(after)
    for (const id of [a, b]) {
      const own = events.filter(({ aggregateId }) => aggregateId === id).map(({ seq }) => seq)
      expect(own).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    }
  })

  it('never skips a transaction that commits after one with later ids', async () => {
    const after = await headPosition(db)
    const early = newId()
    const late = newId()
    const written = Promise.withResolvers<void>()
    const go = Promise.withResolvers<void>()
    const slow = command(ctx, { operation: 'slow', input: null }, async (inner) => {
      await appendEvents(inner, [renamed(late, 'smaller id, later commit')])
      written.resolve()
      await go.promise
      return ok(null)
    })
    await written.promise
    await append(renamed(early, 'greater id, earlier commit'))
    expect(await all(after)).toEqual([])
    const meanwhile = await headPosition(db)
    go.resolve()
    await slow
    const events = await settledAfter(after)
    expect(events.map(({ aggregateId }) => aggregateId)).toEqual([late, early])
    expect(await all(meanwhile)).toEqual(events)
  })

  it('waits for a transaction that has not written its event yet', async () => {
    const after = await headPosition(db)
    const slow = command(ctx, { operation: 'slow', input: null }, async (inner) => {
      await sql`select pg_current_xact_id()`.execute(inner.db)
      await append(renamed(newId(), 'second transaction'))
      expect(await all(after)).toEqual([])
      await appendEvents(inner, [renamed(newId(), 'first transaction')])
      return ok(null)
    })
    await slow
    const events = await settledAfter(after)
    expect(events.map(({ payload }) => payload)).toEqual(['first transaction', 'second transaction'])
  })

  it('resumes after any event, page by page, also for some types only', async () => {
    const after = await headPosition(db)
    const id = newId()
    await append(
      ...Array.from({ length: 7 }, (_, index) => ({ ...renamed(id, index), type: `T${index % 2}.v1` })),
    )
    const whole = await settledAfter(after)
    const paged: unknown[] = []
    let position = after
    for (;;) {
      const page = await readEvents(db, { after: position, limit: 2 })
      if (page.length === 0) break
      paged.push(...page)
      position = page.at(-1)!.position
    }
    expect(paged).toEqual(whole)
    const some = await readEvents(db, { after: whole[2]!.position, types: ['T1.v1'], limit: 100 })
    expect(some.map(({ payload }) => payload)).toEqual([3, 5])
  })

  it('rolls back with its transaction, and is not appended outside of one', async () => {
    const after = await headPosition(db)
    const failed = command(ctx, { operation: 'fails', input: null }, async (inner) => {
      await appendEvents(inner, [renamed(newId())])
      throw new Error('a bug')
    })
    await expect(failed).rejects.toThrow('a bug')
    await expect(appendEvents(ctx, [renamed(newId())])).rejects.toThrow('inside command()')
    await appendEvents(ctx, [])
    expect(await settledAfter(after)).toEqual([])
  })

  const forged = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url')

  it.each([
    '',
    'x',
    '🧵',
    'a'.repeat(5_000),
    forged([1, 2]),
    forged(['1']),
    forged(['-1', '1']),
    forged(['18446744073709551616', '0']),
    forged(['1', '9223372036854775808']),
    forged(['1; drop table event', '1']),
  ])('refuses %j as a position', async (after) => {
    await expect(readEvents(db, { after, limit: 1 })).rejects.toBeInstanceOf(InvalidCursorError)
    await expect(readEvents(db, { after, limit: 1 })).rejects.toMatchObject({ code: 'INVALID_CURSOR' })
  })

  it('refuses a position that lies in the future, and takes the one of now', async () => {
    const after = forged(['18446744073709551615', '9223372036854775807'])
    await expect(readEvents(db, { after, limit: 1 })).rejects.toBeInstanceOf(InvalidCursorError)
    expect(await readEvents(db, { after: await headPosition(db), limit: 1 })).toEqual([])
  })
})

describe('where a fact comes from', () => {
  it('is kept with what it changed, and told to nobody who listens', async () => {
    const client = { address: '203.0.113.7', userAgent: `Browser ${'x'.repeat(400)}` }
    const id = newId()
    await command({ ...ctx, client }, { operation: 'append', input: null }, async (inner) => {
      const event = { aggregate: 'category', aggregateId: id, type: 'Renamed.v1', payload: {} }
      await appendEvents(inner, [
        { ...event, changed: { slug: ['old', 'new'] } },
        { ...event, changed: {} },
      ])
      return ok(null)
    })
    const rows = await db
      .selectFrom('event')
      .select(['address', 'user_agent', 'changed'])
      .where('aggregate_id', '=', id)
      .orderBy('seq')
      .execute()
    expect(rows.map(({ changed }) => changed)).toEqual([{ slug: ['old', 'new'] }, null])
    expect(rows[0]!.address).toBe('203.0.113.7')
    expect(rows[0]!.user_agent).toHaveLength(200)
    await logSettled(db)
    const told = await readEvents(db, { types: ['Renamed.v1'], limit: 2 })
    expect(told).toHaveLength(2)
    expect(JSON.stringify(told)).not.toMatch(/203\.0\.113\.7|Browser|old/)
  })
})
