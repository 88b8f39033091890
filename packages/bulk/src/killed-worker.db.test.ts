import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createTestChannels } from '@hilo/channels/testing'
import { openDatabase } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { newId } from '@hilo/kernel'
import { sql } from 'kysely'
import { afterEach, expect, inject, test } from 'vitest'
import { claimTurn, forgiveAttempt, type Turn } from './run/claim.ts'
import { runNextTurn } from './run/start-bulk.ts'
import { jobNow, queueImport } from './testing/index.ts'

const { db, url } = await testDatabase()
const { webEu } = await createTestChannels(db)
let now = new Date('2026-05-01T10:00:00Z')
const ctx = testContext(db, { channel: webEu, now: () => now })

const GATE = 20_260_501

await sql`create function wait_at_gate() returns trigger language plpgsql as ${sql.lit(
  `begin if new.slug like 'poison%' then perform pg_advisory_xact_lock_shared(${GATE}); end if; return new; end`,
)}`.execute(db)
await sql`create trigger wait_at_gate before insert on product for each row execute function wait_at_gate()`.execute(
  db,
)

const fileOf = (...slugs: readonly string[]) =>
  `slug,name,sku\n${slugs.map((slug) => `${slug},Product,${slug}\n`).join('')}`

/** Runs what is given while no piece with the poison can end. */
const withGateShut = async (run: () => Promise<void>): Promise<void> =>
  db.connection().execute(async (own) => {
    await sql`select pg_advisory_lock(${GATE})`.execute(own)
    try {
      await run()
    } finally {
      await sql`select pg_advisory_unlock(${GATE})`.execute(own)
    }
  })

/** Leaves the processor to who is waited for, of which the database tells nobody. */
const moment = () => delay(20)

const waiting = async (): Promise<number[]> => {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_locks where locktype = 'advisory' and objid = ${GATE} and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return rows.map(({ pid }) => pid)
}

const untilSomebodyWaits = async (): Promise<void> => {
  while ((await waiting()).length === 0) await moment()
}

const attemptsAt = async (jobId: string): Promise<number> =>
  (await db.selectFrom('bulk_job').select('failures').where('id', '=', jobId).executeTakeFirstOrThrow())
    .failures

/** The lease of whoever has the job is over. */
const passLease = async () => {
  now = new Date(now.getTime() + 120_000)
  await db
    .updateTable('bulk_job')
    .set({ lease_until: new Date(0) })
    .where('state', '=', 'RUNNING')
    .execute()
}

afterEach(async () => {
  await db.deleteFrom('bulk_job').execute()
})

test('a piece that kills its process each time ends its job after five attempts', async () => {
  const jobId = await queueImport(ctx, { file: fileOf('poison-1') })
  await withGateShut(async () => {
    const script = fileURLToPath(new URL('testing/run-until-killed.ts', import.meta.url))
    const child = spawn(process.execPath, [script, url], { stdio: ['ignore', 'ignore', 'inherit'] })
    await untilSomebodyWaits()
    child.kill('SIGKILL')
    await once(child, 'exit')
    expect(await attemptsAt(jobId)).toBe(1)
    for (const pid of await waiting()) await sql`select pg_terminate_backend(${pid}, 5000)`.execute(db)
  })
  await passLease()
  // What a claim does not tell of any more, its process did not live to tell.
  for (const attempt of [2, 3, 4, 5]) {
    expect(await claimTurn(ctx, newId())).toMatchObject({ attempts: attempt })
    await passLease()
  }
  expect(await runNextTurn(ctx)).toBe(true)
  expect(await jobNow(ctx, jobId)).toMatchObject({
    state: 'FAILED',
    created: 0,
    problem: { code: 'BULK_JOB_FAILED', data: { attempts: 5 } },
  })
  expect(await runNextTurn(ctx)).toBe(false)
})

test('a process that is told to stop takes its attempt back while the piece is still in hand', async () => {
  const jobId = await queueImport(ctx, { file: fileOf('poison-2') })
  const stopping = new AbortController()
  let running: Promise<unknown> | undefined
  await withGateShut(async () => {
    running = runNextTurn(ctx, { signal: stopping.signal })
    await untilSomebodyWaits()
    expect(await attemptsAt(jobId)).toBe(1)
    stopping.abort()
    while ((await attemptsAt(jobId)) !== 0) await moment()
  })
  await running
  expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'DONE', created: 1 })
})

test('an attempt that a database took with it is told to whoever takes it back when it is there again', async () => {
  const jobId = await queueImport(ctx, { file: fileOf('poison-4') })
  const away = openDatabase({ url, name: 'away', max: 1 })
  const server = openDatabase({ url: inject('testServerUrl'), name: 'server', max: 1 })
  const letIn = (may: boolean) =>
    sql`alter database ${sql.id(new URL(url).pathname.slice(1))} with allow_connections ${sql.lit(may)}`.execute(
      server.kysely,
    )
  const unforgiven: Turn[] = []
  await withGateShut(async () => {
    const running = runNextTurn(
      { ...ctx, db: away.kysely },
      { onUnforgiven: (turn) => void unforgiven.push(turn) },
    )
    const ended = expect(running).rejects.toThrow()
    await untilSomebodyWaits()
    await letIn(false)
    for (const pid of await waiting()) await sql`select pg_terminate_backend(${pid}, 5000)`.execute(db)
    await ended
  })
  await letIn(true)
  await Promise.all([away.close(), server.close()])
  expect(await attemptsAt(jobId)).toBe(1)
  expect(unforgiven).toHaveLength(1)
  await forgiveAttempt(ctx, unforgiven[0]!)
  expect(await attemptsAt(jobId)).toBe(0)
})

test('the next piece of the same turn counts from its own begin', async () => {
  const first = Array.from({ length: 250 }, (_, n) => `p-${n}`)
  const jobId = await queueImport(ctx, { file: fileOf(...first, 'poison-3') })
  let running: Promise<unknown> | undefined
  await withGateShut(async () => {
    running = runNextTurn(ctx)
    await untilSomebodyWaits()
    expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'RUNNING', created: 250 })
    expect(await attemptsAt(jobId)).toBe(1)
  })
  await running
  expect(await jobNow(ctx, jobId)).toMatchObject({ state: 'DONE', created: 251 })
})
