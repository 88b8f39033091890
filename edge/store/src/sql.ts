import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** What SQLite stores: text, integers, reals, bytes. */
export type SqlValue = string | number | bigint | Uint8Array | null

/** Statements with `?` in place of values. Prepared once per text, so a text must not be made of values. */
export interface Sql {
  /** Runs a statement; gives how many rows it changed. */
  run(text: string, ...values: SqlValue[]): number
  /** The first row, or `undefined`. */
  get<Row>(text: string, ...values: SqlValue[]): Row | undefined
  /** All rows. */
  all<Row>(text: string, ...values: SqlValue[]): Row[]
}

/** Statements on an open database. */
export const sqlOn = (database: DatabaseSync): Sql => {
  const prepared = new Map<string, StatementSync>()
  const statement = (text: string): StatementSync => {
    const known = prepared.get(text)
    if (known) return known
    const made = database.prepare(text)
    prepared.set(text, made)
    return made
  }
  return {
    run: (text, ...values) => Number(statement(text).run(...values).changes),
    get: (text, ...values) => statement(text).get(...values) as never,
    all: (text, ...values) => statement(text).all(...values) as never,
  }
}
