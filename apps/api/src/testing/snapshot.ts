import type { FullExecutor } from '@hilo/db'
import { sql } from 'kysely'

/** Every row of every table as text, by table. */
export type Snapshot = ReadonlyMap<string, ReadonlySet<string>>

/** What a refusal may write: counted tries, answers kept for replays, and when a key was last used. */
const BOOKKEEPING: readonly string[] = ['sign_in_attempt', 'idempotency', 'api_key']

/** Reads the whole database, in one statement. */
export const snapshot = async (db: FullExecutor): Promise<Snapshot> => {
  const tables = (await db.introspection.getTables()).map(({ name }) => name)
  const parts = tables
    .filter((name) => !BOOKKEEPING.includes(name))
    .map((name) => sql`select ${name} as name, t::text as row from ${sql.table(name)} t`)
  const { rows } = await sql<{ name: string; row: string }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return new Map(
    [...Map.groupBy(rows, ({ name }) => name)].map(([name, all]) => [
      name,
      new Set(all.map(({ row }) => row)),
    ]),
  )
}

const lacking = (from: Snapshot, other: Snapshot): string[] =>
  [...from].flatMap(([name, rows]) =>
    [...rows].filter((row) => !other.get(name)?.has(row)).map((row) => `${name} ${row}`),
  )

/** Rows that came and rows that went or changed between two snapshots, each with its table. */
export const difference = (before: Snapshot, after: Snapshot) => ({
  added: lacking(after, before),
  gone: lacking(before, after),
})
