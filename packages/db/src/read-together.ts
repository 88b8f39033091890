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

/** Rows as a list for each column; `json_agg` of no rows is null. */
export type Columns<Row> = { readonly [Name in keyof Row]: readonly Row[Name][] | null }

/**
 * Rows out of columns, such as `json_build_object('id', json_agg(id), …)`: of many rows they cost the server a third of
 * `json_agg` of whole rows, which looks up each value's type anew.
 */
export const toRows = <Row extends object>(columns: Columns<Row>): Row[] => {
  const names = Object.keys(columns) as (keyof Row)[]
  const count = columns[names[0]!]?.length ?? 0
  const rows: Row[] = []
  for (let index = 0; index < count; index += 1) {
    const row: Partial<Row> = {}
    for (const name of names) row[name] = columns[name]![index]!
    rows.push(row as Row)
  }
  return rows
}
