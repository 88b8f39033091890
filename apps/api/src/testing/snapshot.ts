import type { FullExecutor } from '@hilo/db'
import { type RawBuilder, sql } from 'kysely'

/** Every row of every table as text, by table. */
export type Snapshot = ReadonlyMap<string, ReadonlySet<string>>

/** What a refusal may write: counted tries, answers kept for replays, and when a key was last used. */
const BOOKKEEPING: readonly string[] = ['sign_in_attempt', 'idempotency', 'api_key']

const whole = new WeakMap<FullExecutor, Promise<RawBuilder<{ name: string; row: string }>>>()

/** The statement that reads the whole database; which tables there are is looked up once. */
const wholeOf = async (db: FullExecutor) => {
  const tables = (await db.introspection.getTables()).map(({ name }) => name)
  const parts = tables
    .filter((name) => !BOOKKEEPING.includes(name))
    .map((name) => sql`select ${sql.lit(name)} as name, t::text as row from ${sql.table(name)} t`)
  return sql<{ name: string; row: string }>`${sql.join(parts, sql` union all `)}`
}

/** Reads the whole database, in one statement. */
export const snapshot = async (db: FullExecutor): Promise<Snapshot> => {
  const statement = whole.get(db) ?? wholeOf(db)
  whole.set(db, statement)
  const { rows } = await (await statement).execute(db)
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
