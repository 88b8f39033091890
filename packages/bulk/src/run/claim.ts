import { appendEvents, command, type Context } from '@hilo/db'
import { ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { BULK_JOB_CHANGED, jobEvent } from '../events.ts'
import type { BulkJob, BulkState, Counts, Problem, Warning } from '../job.ts'
import { jobById } from '../job-queries.ts'

/** How long a job is its worker's without a sign of life: then that process is dead, and another goes on. */
export const LEASE_MS = 60_000

/** How often those who watch a job hear how far it is. */
const TELL_EVERY_MS = 1_000

/** A job that this process does now; `worker` is new with each turn, so that nobody who lost it can write. */
export interface Turn {
  readonly job: BulkJob
  readonly worker: Uuid
  /** How often the piece in hand has begun and not ended, this time with it. */
  readonly attempts: number
  readonly cursor: unknown
  readonly actor: unknown
  readonly channelId: Uuid
}

/**
 * Takes the job that has waited for longest since its last turn, or whose worker is dead. The attempt counts from now on:
 * a piece that kills its process can tell of nothing afterwards.
 */
export const claimTurn = async ({ db, now }: Context, worker: Uuid): Promise<Turn | undefined> => {
  const at = now()
  const until = new Date(at.getTime() + LEASE_MS)
  const { rows } = await sql<{
    id: Uuid
    cursor: unknown
    actor: unknown
    channelId: Uuid
    attempts: number
  }>`
    update bulk_job set state = 'RUNNING', worker = ${worker}, lease_until = ${until}::timestamptz, retry_at = null,
      failures = failures + 1, started_at = coalesce(started_at, ${at}::timestamptz)
    where id = (
      select id from bulk_job
      where (state = 'QUEUED' and (retry_at is null or retry_at <= ${at}::timestamptz))
        or (state = 'RUNNING' and lease_until < ${at}::timestamptz)
      order by turn_at limit 1 for update skip locked
    )
    returning id, cursor, actor, channel_id as "channelId", failures as attempts`.execute(db)
  const [row] = rows
  const job = row && (await jobById(db, row.id))
  return row && job && { ...row, job, worker }
}

/** How far a turn has come with one more piece. */
export interface Step extends Partial<Counts> {
  readonly position: number
  readonly cursor: unknown
  /** Set for an export, whose file grows. */
  readonly bytes?: number
  readonly warnings?: readonly Warning[]
}

/** Somebody cancelled the job, or it is another worker's: what this one has in hand must not be kept. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost'
}

/** Notes how far a job is, in the transaction of the work, and that the next piece begins; throws when it is no longer this worker's. */
export const noteStep = async (ctx: Context, { job, worker }: Turn, step: Step): Promise<void> => {
  const { records = 0, created = 0, updated = 0, unchanged = 0, refused = 0, bytes, warnings } = step
  const at = ctx.now()
  const until = new Date(at.getTime() + LEASE_MS)
  const { rows } = await sql<{ tell: boolean }>`
    with before as (select told_at from bulk_job where id = ${job.id} for update)
    update bulk_job set position = ${step.position}, cursor = ${JSON.stringify(step.cursor)}::jsonb,
      records = records + ${records}, created = created + ${created}, updated = updated + ${updated},
      unchanged = unchanged + ${unchanged}, refused = refused + ${refused},
      bytes = coalesce(${bytes ?? null}::bigint, bytes),
      warnings = coalesce(${warnings ? JSON.stringify(warnings) : null}::jsonb, warnings),
      lease_until = ${until}::timestamptz, failures = 1,
      told_at = case when before.told_at > ${new Date(at.getTime() - TELL_EVERY_MS)}::timestamptz
        then before.told_at else ${at}::timestamptz end
    from before where id = ${job.id} and worker = ${worker} and state = 'RUNNING'
    returning bulk_job.told_at is distinct from before.told_at as tell`.execute(ctx.db)
  if (!rows[0]) throw new TurnLost()
  if (rows[0].tell) await appendEvents(ctx, [jobEvent(BULK_JOB_CHANGED, { ...job, state: 'RUNNING' })])
}

/** Takes the attempt in hand back: what ends it is not the piece, but the process or the database that goes away. */
export const forgiveAttempt = async ({ db }: Context, { job, worker }: Turn): Promise<void> => {
  await sql`
    update bulk_job set failures = failures - 1
    where id = ${job.id} and worker = ${worker} and state = 'RUNNING' and failures > 0`.execute(db)
}

/**
 * Lets the job go so that others get their turn; it goes on behind them. After a failure not before a moment that is said,
 * and otherwise with nothing against it.
 */
export const yieldTurn = async (
  { db, now }: Context,
  { job, worker }: Turn,
  retryAt: Date | null = null,
): Promise<void> => {
  await db
    .updateTable('bulk_job')
    .set({
      state: 'QUEUED',
      worker: null,
      lease_until: null,
      turn_at: now(),
      retry_at: retryAt,
      ...(retryAt === null && { failures: 0 }),
    })
    .where('id', '=', job.id)
    .where('worker', '=', worker)
    .where('state', '=', 'RUNNING')
    .execute()
}

/** Ends a job for good. The file of an import is no longer needed; that of an export is what it was for. */
export const endTurn = async (
  ctx: Context,
  { job, worker }: Turn,
  { state, problem }: { readonly state: Extract<BulkState, 'DONE' | 'FAILED'>; readonly problem?: Problem },
): Promise<void> => {
  await command(ctx, { operation: 'endBulkJob', input: null }, async (inner): Promise<Result<null>> => {
    const row = await inner.db
      .updateTable('bulk_job')
      .set({
        state,
        problem: problem ? JSON.stringify({ code: problem.code, data: problem.data }) : null,
        finished_at: inner.now(),
        worker: null,
        lease_until: null,
      })
      .where('id', '=', job.id)
      .where('worker', '=', worker)
      .where('state', '=', 'RUNNING')
      .returning('id')
      .executeTakeFirst()
    if (!row) return ok(null)
    if (job.direction === 'IMPORT')
      await inner.db.deleteFrom('bulk_chunk').where('job_id', '=', job.id).execute()
    await appendEvents(inner, [jobEvent(BULK_JOB_CHANGED, { ...job, state })])
    return ok(null)
  })
}
