import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { createTestChannels } from '@hilo/channels/testing'
import { command } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { unwrap } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { cancelJob } from './create-job.ts'
import { runNextTurn } from './run/start-bulk.ts'
import { fileOf, jobNow, queueImport, runAll, runExportOf } from './testing/index.ts'

const { db, url } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
/** After the lease of a worker that died. */
const later = { ...ctx, now: () => new Date(Date.now() + 120_000) }

const PRODUCTS = 1_500
const rows = Array.from({ length: PRODUCTS }, (_, n) => `p-${n},Product ${n},SKU-${n}\n`)
const file = `slug,name,sku\n${rows.join('')}`

const count = async (table: 'product' | 'variant') =>
  Number(
    (
      await db
        .selectFrom(table)
        .select(({ fn }) => fn.countAll<bigint>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )

const eventsOf = async (type: string) =>
  Number(
    (
      await db
        .selectFrom('event')
        .select(({ fn }) => fn.countAll<bigint>().as('n'))
        .where('type', '=', type)
        .executeTakeFirstOrThrow()
    ).n,
  )

test('a worker that is killed in the middle leaves a job that another ends, and nothing is there twice', async () => {
  const jobId = await queueImport({ ...ctx, now: () => new Date() }, { file })
  for (let kill = 0; kill < 2; kill += 1) {
    const before = (await jobNow(ctx, jobId)).records
    const child = spawn(
      process.execPath,
      [fileURLToPath(new URL('testing/run-until-killed.ts', import.meta.url)), url],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    while ((await jobNow(ctx, jobId)).records <= before && child.exitCode === null) {
      await new Promise((resolve) => setImmediate(resolve))
    }
    child.kill('SIGKILL')
    if (child.exitCode === null) await once(child, 'exit')
    // Its lease is over before the next one looks.
    await db
      .updateTable('bulk_job')
      .set({ lease_until: new Date(0) })
      .where('state', '=', 'RUNNING')
      .execute()
  }
  expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'RUNNING' })
  await runAll(later)
  const job = await jobNow(ctx, jobId)
  expect(job).toMatchObject({ state: 'DONE', records: PRODUCTS, created: PRODUCTS, refused: 0, report: [] })
  expect([await count('product'), await count('variant')]).toEqual([PRODUCTS, PRODUCTS])
  expect([await eventsOf('ProductCreated.v1'), await eventsOf('VariantCreated.v1')]).toEqual([
    PRODUCTS,
    PRODUCTS,
  ])
  expect(await fileOf(ctx, jobId)).toBe('')
})

test('jobs take turns, and one that is cancelled keeps what it has done and does no more', async () => {
  const first = await queueImport(ctx, { file })
  const second = await queueImport(ctx, { file: 'slug,name,sku\nnew,New,NEW\n' })
  await runNextTurn(ctx, { turnMs: 0 })
  expect(await jobNow(ctx, first)).toMatchObject({ state: 'QUEUED', unchanged: 250 })
  await runNextTurn(ctx, { turnMs: 0 })
  expect((await jobNow(ctx, second)).state).toBe('DONE')
  const cancelled = await command(ctx, { operation: 'cancel', input: null }, (inner) =>
    cancelJob(inner, first),
  )
  unwrap(cancelled)
  await runAll(ctx)
  expect(await jobNow(ctx, first)).toMatchObject({ state: 'CANCELLED', unchanged: 250 })
})

test('an export holds all rows in their order, whoever goes on with it', async () => {
  const lines = (await runExportOf(ctx, 'PRODUCTS', 'CSV')).trim().split('\n')
  expect(lines).toHaveLength(PRODUCTS + 2)
})
