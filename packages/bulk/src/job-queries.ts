import { type Executor, keyset } from '@hilo/db'
import { type Actor, actorKey, type CursorKey, reachOf, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { BULK_KINDS, type BulkJob, permissionOf } from './job.ts'

type Db = Executor<'bulk_job'>

const jobRows = (db: Db) =>
  db
    .selectFrom('bulk_job')
    .select([
      'id',
      'direction',
      'kind',
      'format',
      'state',
      'settings',
      'actor_key as actorKey',
      'warnings',
      'problem',
      'secret',
      'created_at as createdAt',
      'started_at as startedAt',
      'finished_at as finishedAt',
      'bytes',
      'position',
      'records',
      'created',
      'updated',
      'unchanged',
      'refused',
    ])

type Row = Awaited<ReturnType<ReturnType<typeof jobRows>['execute']>>[number]

const toJob = (row: Row): BulkJob =>
  ({
    ...row,
    bytes: Number(row.bytes),
    position: Number(row.position),
    records: Number(row.records),
    created: Number(row.created),
    updated: Number(row.updated),
    unchanged: Number(row.unchanged),
    refused: Number(row.refused),
  }) as unknown as BulkJob

/** Names of what an actor may see every job of: `IMPORT PRODUCTS` and so on, where it reaches the whole shop. */
const allOf = (actor: Actor): string[] =>
  (['IMPORT', 'EXPORT'] as const).flatMap((direction) =>
    BULK_KINDS.filter((kind) => reachOf(actor, permissionOf({ kind, direction })) === 'all').map(
      (kind) => `${direction} ${kind}`,
    ),
  )

/** SQL: jobs of what the actor reaches in the whole shop, and its own. */
const visible = (actor: Actor): RawBuilder<SqlBool> =>
  sql`(direction || ' ' || kind = any(${allOf(actor)}::text[]) or actor_key = ${actorKey(actor)})`

/** Which jobs a list holds. */
export interface JobFilter {
  readonly kind?: string | null | undefined
  readonly direction?: string | null | undefined
  readonly state?: string | null | undefined
}

const fits = ({ kind, direction, state }: JobFilter): RawBuilder<SqlBool> => sql`(
  ${kind ?? null}::text is null or kind = ${kind ?? null}::text) and (
  ${direction ?? null}::text is null or direction = ${direction ?? null}::text) and (
  ${state ?? null}::text is null or state = ${state ?? null}::text)`

/** Those with these ids that the actor may see. */
export const jobsByIds = async (db: Db, actor: Actor, ids: readonly Uuid[]): Promise<BulkJob[]> =>
  (await jobRows(db).where('id', 'in', ids).where(visible(actor)).execute()).map(toJob)

/** A job, whoever asks: for links that prove themselves, and for the worker. */
export const jobById = async (db: Db, id: Uuid): Promise<BulkJob | undefined> => {
  const row = await jobRows(db).where('id', '=', id).executeTakeFirst()
  return row && toJob(row)
}

/** A page of the jobs that the actor may see, the newest first; the key is `[id]`. */
export const jobPage = async (
  db: Db,
  actor: Actor,
  { filter, ...page }: { filter: JobFilter; after: CursorKey | undefined; limit: number },
): Promise<BulkJob[]> => {
  const rows = jobRows(db).where(visible(actor)).where(fits(filter))
  return (await keyset(rows, { ...page, columns: [['bulk_job.id', 'desc']] }).execute()).map(toJob)
}

/** How many of them there are. */
export const countJobs = async (db: Db, actor: Actor, filter: JobFilter): Promise<number> => {
  const { count } = await db
    .selectFrom('bulk_job')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where(visible(actor))
    .where(fits(filter))
    .executeTakeFirstOrThrow()
  return Number(count)
}
