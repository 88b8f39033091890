import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

const pack = promisify(deflateRaw)
const unpack = promisify(inflateRaw)

/** Bytes of a piece at most: what a reader or writer holds in memory at once. */
export const CHUNK_BYTES = 1_048_576

type Db = Executor<'bulk_chunk'>

/** Keeps a piece of a job's file that begins at this byte. */
export const writeChunk = async (
  db: Db,
  { jobId, start, bytes }: { readonly jobId: Uuid; readonly start: number; readonly bytes: Uint8Array },
): Promise<void> => {
  const body = await pack(bytes, { level: 1 })
  await db
    .insertInto('bulk_chunk')
    .values({ job_id: jobId, start: BigInt(start), length: bytes.length, body })
    .execute()
}

/** The piece that holds this byte of the file, from that byte on; nothing behind the end. */
const readChunk = async (db: Db, jobId: Uuid, from: number): Promise<Buffer | undefined> => {
  const row = await db
    .selectFrom('bulk_chunk')
    .select(['start', 'length', 'body'])
    .where('job_id', '=', jobId)
    .where('start', '<=', BigInt(from))
    .orderBy('start', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!row || Number(row.start) + row.length <= from) return undefined
  const bytes = await unpack(row.body, { maxOutputLength: row.length })
  return bytes.subarray(from - Number(row.start))
}

/** A job's file from a byte on, piece by piece. */
export const readChunks = async function* (
  db: Db,
  jobId: Uuid,
  from = 0,
): AsyncGenerator<Buffer, void, void> {
  for (let at = from; ;) {
    const bytes = await readChunk(db, jobId, at)
    if (!bytes) return
    yield bytes
    at += bytes.length
  }
}
