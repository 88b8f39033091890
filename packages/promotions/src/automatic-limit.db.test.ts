import { createTestChannels } from '@hilo/channels/testing'
import { command } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { MAX_AUTOMATIC } from './automatic-limit.ts'
import { createTestPromotion, type TestPromotion } from './testing/index.ts'
import { publishPromotion } from './update-promotion.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

/** Others, as many as said, whose definitions say this beside what each says. */
const fill = (
  count: number,
  { status = 'PUBLISHED', ...more }: { status?: string; endsAt?: string } = {},
) => {
  const definition = { v: 1, trigger: 'AUTOMATIC', effect: { kind: 'FREE_DELIVERY' }, ...more }
  return sql`
    with made as (
      insert into promotion (id, name, status, published_version)
      select gen_random_uuid(), '{}', ${status}, 1 from generate_series(1, ${count}::int) returning id
    )
    insert into promotion_version (promotion_id, version, definition, actor)
    select id, 1, ${JSON.stringify(definition)}::jsonb, 'system' from made`.execute(db)
}

const draft = (more: TestPromotion = {}) => createTestPromotion(ctx, { draft: true, ...more })

const publish = async (id: Uuid): Promise<object | undefined> => {
  const done = await command(ctx, { operation: 'publish', input: null }, (inner) =>
    publishPromotion(inner, { id }),
  )
  return done.ok ? undefined : { code: done.error.code, ...done.error.data }
}

const FULL = { code: 'TOO_MANY_AUTOMATIC', max: MAX_AUTOMATIC }

const hours = (count: number) => new Date(ctx.now().getTime() + count * 3_600_000).toISOString()

const someoneWaits = async (): Promise<boolean> => {
  const { rows } = await sql`
    select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return rows.length > 0
}

beforeEach(async () => {
  await db.updateTable('promotion').set({ status: 'ARCHIVED' }).execute()
})

test('of several who publish the last automatic promotion that there can be, one does', async () => {
  await fill(MAX_AUTOMATIC - 1)
  const ids = [await draft(), await draft(), await draft(), await draft()]
  const done = await Promise.all(ids.map(publish))
  expect(done.filter((refused) => refused === undefined)).toHaveLength(1)
  expect(done.filter((refused) => refused !== undefined)).toEqual([FULL, FULL, FULL])
})

test('who publishes several in one transaction and who publishes one of them do not wait for each other in a circle', async () => {
  const [first, second] = [await draft(), await draft()]
  let publishing: ReturnType<typeof publishPromotion> | undefined
  await db.transaction().execute(async (tx) => {
    expect(await publishPromotion({ ...ctx, db: tx }, { id: first })).toMatchObject({ ok: true })
    publishing = db.transaction().execute((other) => publishPromotion({ ...ctx, db: other }, { id: second }))
    publishing.catch(() => undefined)
    while (!(await someoneWaits()));
    expect(await publishPromotion({ ...ctx, db: tx }, { id: second })).toMatchObject({ ok: true })
  })
  expect(await publishing).toMatchObject({ ok: true })
})

test('those that are over, drafts, and those that a code starts take no place; those that are paused do', async () => {
  await fill(MAX_AUTOMATIC - 2)
  await fill(3, { endsAt: hours(-1) })
  await fill(3, { status: 'DRAFT' })
  await fill(1, { status: 'PAUSED', endsAt: hours(1) })
  const last = await draft()
  expect(await publish(last)).toBeUndefined()
  expect(await publish(await draft())).toEqual(FULL)
  expect(await publish(await draft({ couponCodes: ['ANYTIME'] }))).toBeUndefined()
  expect(await publish(await draft({ startsAt: hours(-2), endsAt: hours(-1) }))).toBeUndefined()
  // What holds a place already is published again in it.
  expect(await publish(last)).toBeUndefined()
  await db.updateTable('promotion').set({ status: 'ARCHIVED' }).where('id', '=', last).execute()
  expect(await publish(await draft())).toBeUndefined()
})
