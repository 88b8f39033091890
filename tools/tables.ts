// Writes packages/db/src/tables.generated.ts from a migrated database: `node tools/tables.ts`, or `--check` to compare only.
import { readFile, writeFile } from 'node:fs/promises'
import { type Database, migrate, openDatabase } from '@hilo/db'
import { startThrowawayPostgres } from '../packages/db/src/testing/throwaway-postgres.ts'

/** Where the text belongs. */
export const TARGET = new URL('../packages/db/src/tables.generated.ts', import.meta.url)

interface Column {
  readonly table: string
  readonly column: string
  readonly type: string
  readonly nullable: boolean
  readonly identity: boolean
  readonly defaulted: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  bytea: 'Uint8Array',
  citext: 'string',
  date: 'string',
  float8: 'number',
  int2: 'number',
  int4: 'number',
  int8: 'bigint',
  jsonb: 'JsonColumn',
  numeric: 'string',
  text: 'string',
  timestamptz: 'Timestamp',
  tsvector: 'string',
  tstzrange: 'string',
  uuid: 'string',
  xid8: 'string',
}

const typeOf = ({ table, column, type }: Column): string => {
  const element = TYPES[type.replace(/^_/, '')]
  if (!element)
    throw new Error(`${table}.${column} has type ${type}: say in tools/tables.ts what it is in TypeScript`)
  return type.startsWith('_') ? `${element}[]` : element
}

const columnLine = (column: Column): string => {
  const base = column.nullable ? `${typeOf(column)} | null` : typeOf(column)
  const type = column.identity ? `GeneratedAlways<${base}>` : column.defaulted ? `Generated<${base}>` : base
  return `  ${column.column}: ${type}`
}

const COLUMNS = `
  select t.relname as table, a.attname as column, y.typname as type, not a.attnotnull as nullable,
    a.attidentity = 'a' or a.attgenerated <> '' as identity, a.atthasdef or a.attidentity = 'd' as defaulted
  from pg_class t
  join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
  join pg_type y on y.oid = a.atttypid
  where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p', 'v', 'm') and not t.relispartition
    and t.relname not like 'kysely\\_%'
  order by t.relname, a.attnum`

const interfaceName = (table: string): string =>
  `${table.replace(/(^|_)(\w)/g, (_, __, letter: string) => letter.toUpperCase())}Table`

const render = (columns: readonly Column[]): string => {
  const tables = Object.entries(Object.groupBy(columns, ({ table }) => table))
  return [
    '// Generated from the migrated database by `node tools/tables.ts`; do not edit.',
    "import type { ColumnType } from 'kysely'",
    '',
    '/** A column with a default: may be left out on insert. */',
    'export type Generated<T> =',
    '  T extends ColumnType<infer S, infer I, infer U> ? ColumnType<S, I | undefined, U> : ColumnType<T, T | undefined, T>',
    '',
    '/** A column that only the database writes. */',
    'export type GeneratedAlways<T> = ColumnType<T, never, never>',
    '',
    '/** Read as any JSON value; written as JSON text (`JSON.stringify`), because pg would write an array as a Postgres one. */',
    'export type JsonColumn = ColumnType<unknown, string, string>',
    '',
    '/** Read as a Date (milliseconds); written as one, or as ISO 8601 text. */',
    'export type Timestamp = ColumnType<Date, Date | string, Date | string>',
    ...tables.flatMap(([table, own]) => [
      '',
      `export interface ${interfaceName(table)} {`,
      ...own!.map(columnLine),
      '}',
    ]),
    '',
    '/** Every table of the database. */',
    'export interface DB {',
    ...tables.map(([table]) => `  ${table}: ${interfaceName(table)}`),
    '}',
    '',
  ].join('\n')
}

/** The text of the generated file for a migrated database. */
export const renderTables = async ({ pool }: Database): Promise<string> =>
  render((await pool.query<Column>(COLUMNS)).rows)

const generate = async (): Promise<string> => {
  const server = await startThrowawayPostgres()
  const database = openDatabase({ url: server.url, name: 'tables' })
  try {
    await migrate(database.kysely)
    return await renderTables(database)
  } finally {
    await database.close()
    await server.stop()
  }
}

if (import.meta.main) {
  const text = await generate()
  if (!process.argv.includes('--check')) await writeFile(TARGET, text)
  else if ((await readFile(TARGET, 'utf8')) !== text) {
    process.stderr.write('packages/db/src/tables.generated.ts is out of date. Run: node tools/tables.ts\n')
    process.exitCode = 1
  }
}
