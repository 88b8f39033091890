import { type RawBuilder, sql } from 'kysely'
import type { Executor } from './executor.ts'
import type { DB } from './tables.generated.ts'

type Queries<Rows> = { readonly [Name in keyof Rows]: RawBuilder<Rows[Name]> }

/**
 * Reads what several queries select in one statement, at one moment: less work for both sides than a statement each.
 * Rows come as JSON, so a query selects int8 as text and no timestamps.
 */
export const readTogether = async <Rows extends Readonly<Record<string, unknown>>>(
  db: Executor<keyof DB>,
  queries: Queries<Rows>,
): Promise<{ readonly [Name in keyof Rows]: readonly Rows[Name][] }> => {
  const columns = Object.entries<RawBuilder<unknown>>(queries).map(
    ([name, query]) =>
      sql`(select coalesce(json_agg(found), '[]') from (${query}) as found) as ${sql.ref(name)}`,
  )
  const { rows } = await sql<{ [Name in keyof Rows]: Rows[Name][] }>`select ${sql.join(columns)}`.execute(db)
  return rows[0]!
}
