import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { refusalMessage } from '@hilo/kernel'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { BULK } from './errors.ts'
import { runNextTurn } from './run/start-bulk.ts'
import { jobNow, newExport, queueImport, runAll } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
let now = new Date('2026-05-01T10:00:00Z')
const ctx = testContext(db, { channel: webEu, now: () => now })

const PRODUCTS = 600
const fileOf = (prefix: string) =>
  `slug,name,sku\n${Array.from({ length: PRODUCTS }, (_, n) => `${prefix}-${n},Product,${prefix}-${n}\n`).join('')}`

/** From now on a product with this slug meets a bug: something that is no refusal and no error of its data. */
const breakAt = async (slug: string, what = `raise exception 'nobody foresaw this'`) => {
  await sql`create or replace function break_at() returns trigger language plpgsql as ${sql.lit(
    `begin if new.slug = '${slug}' then ${what}; end if; return new; end`,
  )}`.execute(db)
  await sql`create or replace trigger break_at before insert on product for each row execute function break_at()`.execute(
    db,
  )
}
const mend = () => sql`drop trigger break_at on product`.execute(db)

const failuresOf = async (jobId: string) =>
  db.selectFrom('bulk_job').select(['failures', 'retry_at']).where('id', '=', jobId).executeTakeFirstOrThrow()

const pass = (milliseconds: number) => {
  now = new Date(now.getTime() + milliseconds)
}

/** Seconds until the job is tried again. */
const waitOf = async (jobId: string) =>
  ((await failuresOf(jobId)).retry_at!.getTime() - now.getTime()) / 1_000

const piece = () => runNextTurn(ctx, { turnMs: 0 })

const failTimes = async (jobId: string, times: number): Promise<number[]> => {
  const waits: number[] = []
  for (let count = 0; count < times; count += 1) {
    await expect(piece()).rejects.toThrow('nobody foresaw this')
    const wait = await waitOf(jobId)
    waits.push(wait)
    pass(wait * 1_000)
  }
  return waits
}

test('a piece that fails again and again waits longer each time, ends its job at last, and what was done stays', async () => {
  await breakAt('a-300')
  const jobId = await queueImport(ctx, { file: fileOf('a') })
  await piece()
  await expect(piece()).rejects.toThrow('nobody foresaw this')
  expect(await waitOf(jobId)).toBe(10)
  pass(9_999)
  expect(await piece()).toBe(false)
  pass(1)
  expect(await failTimes(jobId, 3)).toEqual([30, 90, 270])
  expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'QUEUED', created: 250, problem: null })
  await expect(piece()).rejects.toThrow('nobody foresaw this')

  const job = await jobNow(ctx, jobId)
  expect(job).toMatchObject({ state: 'FAILED', created: 250, records: 250, finishedAt: now })
  expect(job.problem).toEqual({ code: 'BULK_JOB_FAILED', data: { attempts: 5 } })
  const refusal = { ...job.problem!, path: [] }
  expect([
    refusalMessage(BULK.catalogue.BULK_JOB_FAILED, refusal, 'en'),
    refusalMessage(BULK.catalogue.BULK_JOB_FAILED, refusal, 'es'),
  ]).toEqual([
    expect.stringContaining('wrong 5 times in a row, so the job was given up'),
    expect.stringContaining('falló 5 veces seguidas'),
  ])
  pass(3_600_000)
  expect(await piece()).toBe(false)

  await mend()
  const again = await queueImport(ctx, { file: fileOf('a') })
  await runAll(ctx)
  expect(await jobNow(ctx, again)).toMatchObject({ state: 'DONE', unchanged: 250, created: PRODUCTS - 250 })
})

test('a piece that succeeds forgives those before it, and other jobs go on while one waits', async () => {
  await breakAt('b-10')
  const jobId = await queueImport(ctx, { file: fileOf('b') })
  await failTimes(jobId, 4)
  await mend()
  await piece()
  expect(await failuresOf(jobId)).toEqual({ failures: 0, retry_at: null })
  await breakAt('b-510')
  await piece()
  expect(await failTimes(jobId, 4)).toEqual([10, 30, 90, 270])
  pass(-1)
  const other = await queueImport(ctx, { file: 'slug,name,sku\nother,Other,other\n' })
  await runAll(ctx)
  expect(await jobNow(ctx, other)).toMatchObject({ state: 'DONE', created: 1 })
  expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'QUEUED', created: 500 })
  await mend()
  pass(1)
  await runAll(ctx)
  expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'DONE', created: PRODUCTS })
})

test('lost connections are not the fault of a job, however many and however long', async () => {
  await breakAt('c-300', 'perform pg_terminate_backend(pg_backend_pid())')
  const jobId = await queueImport(ctx, { file: fileOf('c') })
  await piece()
  for (let count = 0; count < 8; count += 1) {
    await expect(piece()).rejects.toThrow(/terminat|ECONNRESET/)
    expect(await failuresOf(jobId)).toEqual({ failures: 0, retry_at: null })
    // A lease of a minute, and then nobody can look for hours.
    pass(3_600_000)
  }
  await mend()
  await runAll(ctx)
  expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'DONE', created: PRODUCTS, refused: 0 })
})

test('an export that cannot be written ends in the same way', async () => {
  await sql`create function no_chunk() returns trigger language plpgsql as ${sql.lit(
    `begin raise exception 'nobody foresaw this'; end`,
  )}`.execute(db)
  await sql`create trigger no_chunk before insert on bulk_chunk execute function no_chunk()`.execute(db)
  const jobId = await newExport(ctx, 'PRODUCTS', 'JSONL')
  await failTimes(jobId, 4)
  await expect(piece()).rejects.toThrow('nobody foresaw this')
  expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'FAILED', problem: { code: 'BULK_JOB_FAILED' } })
})
