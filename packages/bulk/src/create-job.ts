import { randomBytes } from 'node:crypto'
import { appendEvents, type Context, waitTurn } from '@hilo/db'
import { actorKey, COMMON, encodeId, newId, ok, type Result, type Sentence, type Uuid } from '@hilo/kernel'
import { packActor } from './actor.ts'
import { checkNames } from './check-names.ts'
import { checkPermission } from './check-permission.ts'
import { BULK } from './errors.ts'
import { REASONS } from './words.ts'
import { BULK_JOB_CHANGED, BULK_JOB_CREATED, jobEvent } from './events.ts'
import {
  type BulkFormat,
  type BulkJob,
  type BulkKind,
  type ExportSettings,
  type ImportSettings,
  isOver,
  MAX_OPEN_JOBS,
} from './job.ts'
import { jobsByIds } from './job-queries.ts'

/** Names a job: the value of its mutations, as JSON for replays. */
export interface JobKey {
  readonly jobId: Uuid
}

interface NewJob {
  readonly direction: BulkJob['direction']
  readonly kind: BulkKind
  readonly format: BulkFormat
  readonly settings: ImportSettings | ExportSettings
}

const countOpen = async ({ db }: Context): Promise<number> => {
  await waitTurn(db, 'bulk_job')
  const { count } = await db
    .selectFrom('bulk_job')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where('state', 'in', ['UPLOADING', 'QUEUED', 'RUNNING'])
    .executeTakeFirstOrThrow()
  return Number(count)
}

const insertJob = async (ctx: Context, job: NewJob): Promise<Result<JobKey>> => {
  const permitted = checkPermission(ctx.actor, job)
  if (!permitted.ok) return permitted
  if ((await countOpen(ctx)) >= MAX_OPEN_JOBS) {
    return BULK.refuse('BULK_TOO_MANY_JOBS', { max: MAX_OPEN_JOBS }, ['kind'])
  }
  const id = newId()
  const state = job.direction === 'IMPORT' ? 'UPLOADING' : 'QUEUED'
  await ctx.db
    .insertInto('bulk_job')
    .values({
      id,
      ...job,
      settings: JSON.stringify(job.settings),
      state,
      actor_key: actorKey(ctx.actor),
      actor: JSON.stringify(packActor(ctx.actor)),
      channel_id: ctx.channel.id,
      secret: randomBytes(32),
      turn_at: ctx.now(),
      created_at: ctx.now(),
    })
    .execute()
  await appendEvents(ctx, [jobEvent(BULK_JOB_CREATED, { ...job, id, state })])
  return ok({ jobId: id })
}

const CODE = /^[\w.:-]{1,60}$/

const invalid = (reason: Sentence, field: string) => BULK.refuse('BULK_SETTINGS_INVALID', { reason }, [field])

/** Makes an import that waits for its file. Refuses settings that cannot be, more than 20 open jobs, and who may not write such things. */
export const createImport = async (
  ctx: Context,
  { kind, format, settings }: Omit<NewJob, 'direction'> & { readonly settings: ImportSettings },
): Promise<Result<JobKey>> => {
  if (!CODE.test(settings.system)) return invalid(REASONS.system, 'system')
  const { delimiter, fileName } = settings
  if (delimiter !== undefined && ![',', ';', '\t', '|'].includes(delimiter)) {
    return invalid(REASONS.delimiter, 'delimiter')
  }
  const named = await checkNames(ctx, settings)
  if (!named.ok) return named
  const safeName = fileName?.slice(0, 200).toWellFormed().replaceAll('\0', '')
  return insertJob(ctx, { direction: 'IMPORT', kind, format, settings: { ...settings, fileName: safeName } })
}

/** Makes an export, which begins by itself. Refuses names that the shop has not, more than 20 open jobs, and who may not read such things. */
export const createExport = async (
  ctx: Context,
  { kind, format, settings }: Omit<NewJob, 'direction'> & { readonly settings: ExportSettings },
): Promise<Result<JobKey>> => {
  if (!CODE.test(settings.system)) return invalid(REASONS.system, 'system')
  const named = await checkNames(ctx, settings.where)
  return named.ok ? insertJob(ctx, { direction: 'EXPORT', kind, format, settings }) : named
}

/** Stops a job; what it has done so far stays. Refuses one that is over. */
export const cancelJob = async (ctx: Context, id: Uuid): Promise<Result<JobKey>> => {
  const [job] = await jobsByIds(ctx.db, ctx.actor, [id])
  if (!job) return COMMON.refuse('NOT_FOUND', { kind: 'bulkJob', id: encodeId('bulkJob', id) }, ['id'])
  const permitted = checkPermission(ctx.actor, job)
  if (!permitted.ok) return permitted
  const row = await ctx.db
    .updateTable('bulk_job')
    .set({ state: 'CANCELLED', finished_at: ctx.now(), worker: null, lease_until: null })
    .where('id', '=', id)
    .where('state', 'in', ['UPLOADING', 'QUEUED', 'RUNNING'])
    .returning('id')
    .executeTakeFirst()
  if (!row) return BULK.refuse('BULK_JOB_OVER', { state: isOver(job) ? job.state : 'DONE' }, ['id'])
  await ctx.db.deleteFrom('bulk_chunk').where('job_id', '=', id).execute()
  await appendEvents(ctx, [jobEvent(BULK_JOB_CHANGED, { ...job, state: 'CANCELLED' })])
  return ok({ jobId: id })
}
