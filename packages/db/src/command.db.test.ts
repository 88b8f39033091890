import { COMMON, defineRefusals, GUEST, newId, ok } from '@hilo/kernel'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { appendEvents, command, type Context, forgetExpiredAnswers } from './index.ts'
import { TEST_TIME, testContext, testDatabase } from './testing/index.ts'

const { db } = await testDatabase()
const ctx = testContext(db)

const { refuse } = defineRefusals({
  SOLD_OUT: { data: { sku: 'string' }, en: '{sku} is sold out.', es: '{sku} está agotado.', fix: 'Wait.' },
})

const addCategory = async ({ db }: Context, slug: string) => {
  const id = newId()
  await db
    .insertInto('category')
    .values({ id, slug, name: JSON.stringify({ en: slug }) })
    .execute()
  return ok({ id, slug })
}

const slugs = async () => {
  const rows = await db.selectFrom('category').select('slug').orderBy('slug').execute()
  return rows.map(({ slug }) => slug)
}

describe('a command', () => {
  it('commits what succeeds and rolls back what is refused or throws', async () => {
    const done = await command(ctx, { operation: 'add', input: 'kept' }, (inner) =>
      addCategory(inner, 'kept'),
    )
    expect(done).toMatchObject({ ok: true, value: { slug: 'kept' }, replayed: false })
    const refused = await command(ctx, { operation: 'add', input: 'refused' }, async (inner) => {
      await addCategory(inner, 'refused')
      return refuse('SOLD_OUT', { sku: 'A' })
    })
    expect(refused).toMatchObject({
      ok: false,
      error: { code: 'SOLD_OUT', data: { sku: 'A' } },
      replayed: false,
    })
    const thrown = command(ctx, { operation: 'add', input: 'thrown' }, async (inner) => {
      await addCategory(inner, 'thrown')
      throw new Error('a bug')
    })
    await expect(thrown).rejects.toThrow('a bug')
    expect(await slugs()).toEqual(['kept'])
  })

  it('joins the transaction of another, and a refusal undoes only what it did itself', async () => {
    await command(ctx, { operation: 'outer', input: null }, async (outer) => {
      await addCategory(outer, 'outer')
      const inner = await command(outer, { operation: 'inner', input: null }, async (inner) => {
        expect(inner.db).toBe(outer.db)
        await addCategory(inner, 'inner')
        return refuse('SOLD_OUT', { sku: 'B' })
      })
      expect(inner.ok).toBe(false)
      await command(outer, { operation: 'inner', input: null }, (inner) => addCategory(inner, 'second'))
      return ok(null)
    })
    expect(await slugs()).toEqual(['kept', 'outer', 'second'])
  })

  it('runs again after a deadlock, and gives up on one that does not end', async () => {
    const ids = await Promise.all(
      ['left', 'right'].map(async (slug) => (await addCategory(ctx, slug)).value.id),
    )
    const bump = ({ db }: Context, id: string) =>
      db
        .updateTable('category')
        .set({ position: sql`position + 1` })
        .where('id', '=', id)
        .execute()
    const met = Promise.withResolvers<void>()
    let first = 0
    const crossing = ([a, b]: readonly string[]) =>
      command(ctx, { operation: 'cross', input: null }, async (inner) => {
        await bump(inner, a!)
        if (++first === 2) met.resolve()
        await met.promise
        await bump(inner, b!)
        return ok(null)
      })
    const outcomes = await Promise.all([crossing(ids), crossing(ids.toReversed())])
    expect(outcomes.every(({ ok }) => ok)).toBe(true)
    expect(first).toBe(3)
    const positions = await db.selectFrom('category').select('position').where('id', 'in', ids).execute()
    expect(positions).toEqual([{ position: 2 }, { position: 2 }])

    let attempts = 0
    const endless = command(ctx, { operation: 'endless', input: null }, async (inner) => {
      attempts += 1
      await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(inner.db)
      return ok(null)
    })
    await expect(endless).rejects.toMatchObject({ code: '40001' })
    expect(attempts).toBe(4)
  })
})

describe('an idempotency key', () => {
  const request = (idempotencyKey: string, input: unknown = { slug: 'x', amount: 5n }) => ({
    operation: 'categoryCreate',
    input,
    idempotencyKey,
  })

  it('lets 20 parallel requests run once and gives all the same answer', async () => {
    let runs = 0
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        command(ctx, request('parallel'), async (inner) => {
          runs += 1
          const added = await addCategory(inner, 'once')
          await appendEvents(inner, [
            { aggregate: 'category', aggregateId: added.value.id, type: 'CategoryCreated.v1', payload: null },
          ])
          return added
        }),
      ),
    )
    expect(runs).toBe(1)
    expect(outcomes.filter(({ replayed }) => !replayed)).toHaveLength(1)
    const { replayed: _, ...answer } = outcomes[0]!
    for (const outcome of outcomes) expect(outcome).toMatchObject(answer)
    const events = await db
      .selectFrom('event')
      .select('id')
      .where('type', '=', 'CategoryCreated.v1')
      .execute()
    expect(events).toHaveLength(1)
  })

  it('repeats a refusal without running again and keeps nothing of what was tried', async () => {
    const run = async (inner: Context) => {
      await addCategory(inner, 'tried')
      return refuse('SOLD_OUT', { sku: 'nul \u0000 inside' }, ['lines', '0'])
    }
    const first = await command(ctx, request('refused'), run)
    const second = await command(ctx, request('refused'), async () => ok('would work now'))
    expect(first).toMatchObject({ ok: false, replayed: false })
    expect(second).toMatchObject({
      ok: false,
      error: { code: 'SOLD_OUT', data: { sku: 'nul \ufffd inside' }, path: ['lines', '0'] },
      replayed: true,
    })
    expect(await slugs()).not.toContain('tried')
  })

  it('refuses another request under the same key, and takes the same one in other order and type', async () => {
    await command(ctx, request('used', { a: 1, b: [1n, new Date(0)], c: undefined }), async () => ok('first'))
    const conflict = await command(ctx, request('used', { a: 2 }), async () => ok('second'))
    expect(conflict).toMatchObject({
      ok: false,
      error: { code: 'IDEMPOTENCY_CONFLICT', data: { key: 'used' } },
    })
    const other = await command(ctx, { ...request('used'), operation: 'other' }, async () => ok('third'))
    expect(other).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_CONFLICT' } })
    const text = await command(ctx, request('used', { a: 1, b: ['1', new Date(0)] }), async () =>
      ok('fourth'),
    )
    expect(text.ok).toBe(false)
    const same = await command(ctx, request('used', { b: [1n, new Date(0)], a: 1 }), async () => ok('fifth'))
    expect(same).toMatchObject({ ok: true, value: 'first', replayed: true })
  })

  it('is free again after a bug, and after a day', async () => {
    const bug = command(ctx, request('again'), async () => {
      throw new Error('a bug')
    })
    await expect(bug).rejects.toThrow('a bug')
    const done = await command(ctx, request('again'), async () => ok(1))
    expect(done).toMatchObject({ ok: true, value: 1, replayed: false })
    const tomorrow = { ...ctx, now: () => new Date(TEST_TIME.getTime() + 86_400_001) }
    const later = await command(tomorrow, request('again', 'other'), async () => ok(2))
    expect(later).toMatchObject({ ok: true, value: 2, replayed: false })
  })

  it('belongs to one actor, and never tells a guest what another guest was answered', async () => {
    const customer = { ...ctx, actor: { kind: 'customer', customerId: newId() } as const }
    const answers = [
      await command(ctx, request('mine'), async () => ok('system')),
      await command(customer, request('mine'), async () => ok('customer')),
    ]
    expect(answers).toMatchObject([{ value: 'system' }, { value: 'customer' }])
    const guest = { ...ctx, actor: GUEST }
    for (const value of ['first', 'second']) {
      const short = await command(guest, request('1'), async () => ok(value))
      expect(short).toMatchObject({ value, replayed: false })
    }
    const key = newId()
    await command(guest, request(key), async () => ok('secret'))
    const again = await command(guest, request(key), async () => ok('not run'))
    expect(again).toMatchObject({ value: 'secret', replayed: true })
    const withCart = { ...guest, cartTokenHash: new Uint8Array(32) }
    expect(await command(withCart, request(key), async () => ok('own'))).toMatchObject({ value: 'own' })
  })

  it.each(['', 'k'.repeat(10_000), 'nul \u0000', '🧵'])('may be any text, such as %j', async (key) => {
    const first = await command(ctx, request(key), async () => ok('first'))
    const second = await command(ctx, request(key), async () => ok('second'))
    expect(first).toMatchObject({ value: 'first', replayed: false })
    expect(second).toMatchObject({ value: 'first', replayed: true })
  })

  it('is forgotten once expired, and not before', async () => {
    const before = await db.selectFrom('idempotency').select('key').execute()
    expect(await forgetExpiredAnswers(db, { now: TEST_TIME })).toBe(0)
    const later = new Date(TEST_TIME.getTime() + 259_200_000)
    expect(await forgetExpiredAnswers(db, { now: later, limit: 2 })).toBe(2)
    expect(await forgetExpiredAnswers(db, { now: later })).toBe(before.length - 2)
  })

  it('keeps a refusal of the common ones typed', async () => {
    const outcome = await command(ctx, request('typed'), async () =>
      COMMON.refuse('VERSION_CONFLICT', { current: 3 }),
    )
    if (!outcome.ok && outcome.error.code === 'VERSION_CONFLICT') expect(outcome.error.data.current).toBe(3)
    else expect.unreachable()
  })
})
