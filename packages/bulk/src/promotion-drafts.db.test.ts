import { seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import type { Context } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { encodeId, type Result, unwrap, type Uuid } from '@hilo/kernel'
import { archivePromotion, pausePromotion, updatePromotion } from '@hilo/promotions'
import { createTestPromotion } from '@hilo/promotions/testing'
import { sql } from 'kysely'
import { beforeEach, describe, expect, test } from 'vitest'
import { runExportOf, runImportOf } from './testing/index.ts'

const newShop = async (): Promise<Context> => {
  const { db } = await testDatabase()
  const { webEu } = await createTestChannels(db)
  return testContext(db, { channel: webEu })
}

const ctx = await newShop()

const percent = (rate: number) => ({ kind: 'PERCENT', target: 'ITEM', ratePpm: rate * 10_000 }) as const
const rule = (rate: number) => ({ v: 1, trigger: 'AUTOMATIC', effect: percent(rate) })

beforeEach(() => sql`truncate promotion, external_key cascade`.execute(ctx.db))

const staff = (run: (inner: Context) => Promise<Result<unknown>>) =>
  seeding(ctx, async (inner) => unwrap(await run(inner)))

const saveDraft = (id: Uuid, definition: object) =>
  staff((inner) => updatePromotion(inner, { id, definition }))

/** A promotion of 10 % that is published. */
const published = () => createTestPromotion(ctx, { effect: percent(10) })

/** A promotion of 10 % that is published, of which staff keep a draft of 50 %. */
const publishedWithDraft = async (): Promise<Uuid> => {
  const id = await published()
  await saveDraft(id, rule(50))
  return id
}

const bring = (shop: Context, ...items: readonly object[]) => {
  const file = items.map((item) => `${JSON.stringify(item)}\n`).join('')
  return runImportOf(shop, { kind: 'PROMOTIONS', format: 'JSONL', file })
}

/** Imports one row that names a promotion; gives what is so afterwards. */
const bringTo = async (id: Uuid, item: object) => {
  const job = await bring(ctx, { key: encodeId('promotion', id), ...item })
  expect(job.report).toEqual([])
  return now(ctx)
}

/** The only promotion of a shop: its status, the percents that are published and newest, and its limit. */
const now = async ({ db }: Context) => {
  const { rows } = await sql`
    select status, (held.definition->'effect'->>'ratePpm')::int / 10000 as published,
      (newest.definition->'effect'->>'ratePpm')::int / 10000 as newest, usage_limit as "limit"
    from promotion
    left join promotion_version as held
      on held.promotion_id = promotion.id and held.version = promotion.published_version
    join promotion_version as newest on newest.promotion_id = promotion.id and newest.version = promotion.version
  `.execute(db)
  expect(rows).toHaveLength(1)
  return rows[0]
}

const exported = async (): Promise<object> => JSON.parse(await runExportOf(ctx, 'PROMOTIONS', 'JSONL'))

describe('given a published promotion of which staff keep a draft', () => {
  test.each([
    { usageLimit: 100 },
    { usageLimit: 100, status: 'PUBLISHED' },
    { usageLimit: 100, definition: rule(10) },
    { usageLimit: 100, definition: rule(10), status: 'PUBLISHED' },
  ])('a file that says %j sets the limit and leaves the draft a draft', async (item) => {
    const id = await publishedWithDraft()
    expect(await bringTo(id, item)).toEqual({ status: 'PUBLISHED', published: 10, newest: 50, limit: 100 })
  })

  test('a file that pauses it leaves the draft a draft', async () => {
    const id = await publishedWithDraft()
    expect(await bringTo(id, { status: 'PAUSED' })).toMatchObject({
      status: 'PAUSED',
      published: 10,
      newest: 50,
    })
  })

  test.each([20, 50])('a file that brings a rule of %i % publishes it', async (rate) => {
    const id = await publishedWithDraft()
    expect(await bringTo(id, { definition: rule(rate) })).toMatchObject({
      status: 'PUBLISHED',
      published: rate,
      newest: rate,
    })
  })

  test('a rule that a file brings as DRAFT waits as one', async () => {
    const id = await publishedWithDraft()
    expect(await bringTo(id, { definition: rule(20), status: 'DRAFT' })).toMatchObject({
      status: 'PUBLISHED',
      published: 10,
      newest: 20,
    })
  })
})

describe('given a paused promotion of which staff keep a draft', () => {
  const pausedWithDraft = async (): Promise<Uuid> => {
    const id = await publishedWithDraft()
    await staff((inner) => pausePromotion(inner, { id }))
    return id
  }

  test('a file that publishes it lets it hold again as it was, and the draft stays one', async () => {
    const id = await pausedWithDraft()
    expect(await bringTo(id, { status: 'PUBLISHED' })).toMatchObject({
      status: 'PUBLISHED',
      published: 10,
      newest: 50,
    })
  })

  test('a file without a status leaves it paused, and the draft one', async () => {
    const id = await pausedWithDraft()
    expect(await bringTo(id, { usageLimit: 100 })).toEqual({
      status: 'PAUSED',
      published: 10,
      newest: 50,
      limit: 100,
    })
  })

  test('a file that brings a rule and publishes it lets that rule hold', async () => {
    const id = await pausedWithDraft()
    expect(await bringTo(id, { definition: rule(20), status: 'PUBLISHED' })).toMatchObject({
      status: 'PUBLISHED',
      published: 20,
      newest: 20,
    })
  })
})

test('given a promotion that never was published, a file publishes it only by saying so', async () => {
  const id = await createTestPromotion(ctx, { effect: percent(10), draft: true })
  expect(await bringTo(id, { definition: rule(50) })).toMatchObject({ status: 'DRAFT', published: null })
  expect(await bringTo(id, { status: 'PUBLISHED' })).toMatchObject({ status: 'PUBLISHED', published: 50 })
})

describe('given drafts in a shop that is exported', () => {
  test('another shop gets the published rule, and the same shop finds nothing changed', async () => {
    await publishedWithDraft()
    const item = await exported()
    expect(item).toMatchObject({ status: 'PUBLISHED', definition: rule(10) })
    const other = await newShop()
    await bring(other, { ...item, key: 'sale' })
    expect(await now(other)).toMatchObject({ status: 'PUBLISHED', published: 10, newest: 10 })
    expect(await bring(ctx, item)).toMatchObject({ unchanged: 1 })
    expect(await now(ctx)).toMatchObject({ published: 10, newest: 50 })
  })

  test('a paused one and an archived one stand there as they were published, one that never was with its draft', async () => {
    const id = await publishedWithDraft()
    await staff((inner) => pausePromotion(inner, { id }))
    expect(await exported()).toMatchObject({ status: 'PAUSED', definition: rule(10) })
    await staff((inner) => archivePromotion(inner, { id }))
    const item = await exported()
    expect(item).toMatchObject({ status: 'ARCHIVED', definition: rule(10) })
    expect(await bring(ctx, item)).toMatchObject({ unchanged: 1, report: [] })
    await sql`truncate promotion cascade`.execute(ctx.db)
    await createTestPromotion(ctx, { effect: percent(30), draft: true })
    expect(await exported()).toMatchObject({ status: 'DRAFT', definition: rule(30) })
  })

  test('codes that only a draft asks for stay with it, and other shops take the row', async () => {
    const id = await published()
    await saveDraft(id, { ...rule(50), trigger: 'COUPON' })
    await staff((inner) => updatePromotion(inner, { id, couponCodes: ['SOON'] }))
    const item = await exported()
    expect((await bring(await newShop(), { ...item, key: 'sale' })).report).toEqual([])
    await bringTo(id, { ...item, usageLimit: 100 })
    expect(await ctx.db.selectFrom('coupon').select('code').execute()).toEqual([{ code: 'SOON' }])
  })
})

test('a row that archives a promotion with a rule of its own is found unchanged when the file comes again', async () => {
  const id = await published()
  const item = { key: encodeId('promotion', id), definition: rule(50), status: 'ARCHIVED' }
  expect(await bring(ctx, item)).toMatchObject({ updated: 1 })
  expect(await bring(ctx, item)).toMatchObject({ unchanged: 1, report: [] })
})

test.each([{ definition: rule(20), status: 'DRAFT' }, { status: 'DRAFT' }])(
  'a row that says %j of a published promotion makes no more versions when the file comes again',
  async (said) => {
    const item = { key: encodeId('promotion', await published()), ...said }
    await bring(ctx, item)
    expect(await bring(ctx, item)).toMatchObject({ unchanged: 1, report: [] })
  },
)

test('a row that says nothing but null takes a limit away', async () => {
  const id = await createTestPromotion(ctx, { effect: percent(10), usageLimit: 5 })
  expect(await bringTo(id, { usageLimit: null })).toMatchObject({ status: 'PUBLISHED', limit: null })
})

test('a row finds the promotion that an earlier row of its piece has made', async () => {
  const made = { key: 'sale', name: { en: 'Sale' }, definition: rule(10), status: 'PUBLISHED' }
  expect(await bring(ctx, made, { key: 'sale', usageLimit: 5 })).toMatchObject({ created: 1, updated: 1 })
  expect(await now(ctx)).toEqual({ status: 'PUBLISHED', published: 10, newest: 10, limit: 5 })
})

test('promotions are held by id whatever the order of the file, and reported in that', async () => {
  const [first, second] = [await published(), await published()].toSorted()
  const items = [
    { key: encodeId('promotion', second!), definition: {} },
    { key: encodeId('promotion', first!), usageLimit: 0 },
    { key: encodeId('promotion', second!), usageLimit: 7 },
    { key: encodeId('promotion', first!), usageLimit: 8 },
  ]
  let importing: ReturnType<typeof bring> | undefined
  const isWaiting = async () => {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(ctx.db)
    return rows.length > 0
  }
  await ctx.db.transaction().execute(async (tx) => {
    await sql`select from promotion where id = ${first} for update`.execute(tx)
    importing = bring(ctx, ...items)
    importing.catch(() => undefined)
    await expect.poll(isWaiting, { interval: 10 }).toBe(true)
    await sql`select from promotion where id = ${second} for update nowait`.execute(tx)
  })
  expect(await importing).toMatchObject({
    updated: 2,
    report: ['1 definition.v PROMOTION_INVALID', '2 usageLimit LIMIT_INVALID'],
  })
})
