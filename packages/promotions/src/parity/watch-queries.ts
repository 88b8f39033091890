import { type Executor, keyset } from '@hilo/db'
import type { CursorKey, Reach, Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { KeptFinding, ParityWatch, Watched } from './watch.ts'

type Table = Executor<'parity_watch'>

/** SQL: the reach has every channel of the watch: half of a comparison says nothing. */
const within = (reach: Reach): RawBuilder<SqlBool> =>
  reach === 'all' ? sql`true` : sql`parity_watch.channel_ids <@ ${reach}::uuid[]`

const watchRows = (db: Table, reaches: readonly Reach[]) =>
  reaches.reduce(
    (query, reach) => query.where(within(reach)),
    db
      .selectFrom('parity_watch')
      .select([
        'id',
        'name',
        'asked',
        'state',
        'findings',
        'finding_count',
        'missing',
        'called',
        'checked_at',
        'version',
        'created_at',
      ]),
  )

type Row = Awaited<ReturnType<ReturnType<typeof watchRows>['execute']>>[number]

const toWatch = (row: Row): ParityWatch => ({
  id: row.id,
  name: row.name,
  asked: row.asked as unknown as Watched,
  state: row.state as ParityWatch['state'],
  findings: row.findings as unknown as readonly KeptFinding[],
  findingCount: row.finding_count,
  missing: row.missing as ParityWatch['missing'],
  called: row.called as ParityWatch['called'],
  checkedAt: row.checked_at,
  version: row.version,
  createdAt: row.created_at,
})

/** The watches with these ids all of whose channels each reach has. */
export const watchesByIds = async (
  db: Table,
  reaches: readonly Reach[],
  ids: readonly Uuid[],
): Promise<ParityWatch[]> => (await watchRows(db, reaches).where('id', 'in', ids).execute()).map(toWatch)

/** A page of watches, the newest first. */
export const watchPage = async (
  db: Table,
  reaches: readonly Reach[],
  page: { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<ParityWatch[]> => {
  const rows = await keyset(watchRows(db, reaches), {
    ...page,
    columns: [
      ['created_at', 'desc'],
      ['id', 'desc'],
    ],
  }).execute()
  return rows.map(toWatch)
}

/** How many watches there are. */
export const countWatches = async (db: Table, reaches: readonly Reach[] = ['all']): Promise<number> => {
  const { count } = await watchRows(db, reaches)
    .clearSelect()
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Whoever takes a watch has until then to check it; afterwards another does. Milliseconds. */
const LEASE_MS = 60_000

/** Takes a watch that is due for a while; two never take the same at once. */
export const takeDueWatch = async (
  db: Table,
  now: Date,
): Promise<{ readonly id: Uuid; readonly lease: Date } | undefined> => {
  const lease = new Date(now.getTime() + LEASE_MS)
  const { rows } = await sql<{ id: Uuid }>`
    update parity_watch set due_at = ${lease} where id = (
      select id from parity_watch where due_at <= ${now} order by due_at, id limit 1 for update skip locked
    ) returning id`.execute(db)
  return rows[0] && { id: rows[0].id, lease }
}

/** Lets every watch be due soon; those that are due sooner stay so. */
export const markWatchesDue = async (db: Table, at: Date): Promise<void> => {
  await db.updateTable('parity_watch').set({ due_at: at }).where('due_at', '>', at).execute()
}
