import { appendEvents, command, type Context, type FullExecutor } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { BULK } from '../errors.ts'
import { BULK_JOB_CHANGED, jobEvent } from '../events.ts'
import { type BulkJob, isOver } from '../job.ts'
import { jobById } from '../job-queries.ts'
import { CHUNK_BYTES, writeChunk } from './chunks.ts'

/** A part of a file as it comes in. */
export interface UploadPart {
  readonly jobId: Uuid
  /** The byte of the file that the part begins with. */
  readonly offset: number
  /** True when the file ends with it. */
  readonly isLast: boolean
  readonly body: AsyncIterable<Uint8Array>
  /** Most bytes of the whole file. */
  readonly maxBytes: number
}

const wrongState = ({ state }: BulkJob) => BULK.refuse('BULK_JOB_OVER', { state })

/** Adds a piece where the file ends now; refuses when somebody else has added one there meanwhile. */
const append = async (
  db: FullExecutor,
  jobId: Uuid,
  start: number,
  bytes: Uint8Array,
): Promise<Result<number>> =>
  db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('bulk_job')
      .select(['bytes', 'state'])
      .where('id', '=', jobId)
      .forUpdate()
      .executeTakeFirst()
    if (row?.state !== 'UPLOADING') return BULK.refuse('BULK_JOB_OVER', { state: row?.state ?? 'CANCELLED' })
    if (Number(row.bytes) !== start) return BULK.refuse('BULK_OFFSET_WRONG', { offset: row.bytes.toString() })
    await writeChunk(tx, { jobId, start, bytes })
    const end = start + bytes.length
    await tx
      .updateTable('bulk_job')
      .set({ bytes: BigInt(end) })
      .where('id', '=', jobId)
      .execute()
    return ok(end)
  })

/** Whole pieces out of however the bytes come in. */
const pieces = async function* (body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const bytes of body) {
    for (let from = 0; from < bytes.length;) {
      const part = bytes.subarray(from, from + CHUNK_BYTES - length)
      held.push(part)
      length += part.length
      from += part.length
      if (length < CHUNK_BYTES) continue
      yield Buffer.concat(held)
      held = []
      length = 0
    }
  }
  if (length > 0) yield Buffer.concat(held)
}

const finish = (ctx: Context, job: BulkJob): Promise<Result<number>> =>
  command(ctx, { operation: 'finishUpload', input: null }, async (inner) => {
    const row = await inner.db
      .updateTable('bulk_job')
      .set({ state: 'QUEUED', turn_at: inner.now() })
      .where('id', '=', job.id)
      .where('state', '=', 'UPLOADING')
      .returning('bytes')
      .executeTakeFirst()
    if (!row) return wrongState({ ...job, state: 'CANCELLED' })
    await appendEvents(inner, [jobEvent(BULK_JOB_CHANGED, { ...job, state: 'QUEUED' })])
    return ok(Number(row.bytes))
  })

/**
 * Takes a part of a file in, a piece of memory at a time, and begins the import behind the last one. What came before a
 * connection was cut stays: the next part begins where the file ends. Gives how many bytes the file has now.
 */
export const takeUpload = async (ctx: Context, part: UploadPart): Promise<Result<number>> => {
  const { jobId, offset, maxBytes } = part
  const job = await jobById(ctx.db, jobId)
  if (!job) {
    return COMMON.refuse('NOT_FOUND', { kind: 'bulkJob', id: encodeId('bulkJob', jobId) })
  }
  if (isOver(job) || job.state !== 'UPLOADING') return wrongState(job)
  if (offset !== job.bytes) return BULK.refuse('BULK_OFFSET_WRONG', { offset: String(job.bytes) })
  let end = offset
  for await (const bytes of pieces(part.body)) {
    if (end + bytes.length > maxBytes) return BULK.refuse('BULK_FILE_TOO_LARGE', { max: String(maxBytes) })
    const added = await append(ctx.db, jobId, end, bytes)
    if (!added.ok) return added
    end = added.value
  }
  return part.isLast ? finish(ctx, job) : ok(end)
}
