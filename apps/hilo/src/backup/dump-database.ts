import type { Database } from '@hilo/db'
import { to as copyTo } from 'pg-copy-streams'
import { ownConnection } from './own-connection.ts'
import type { ArchiveTable, Frame } from './archive.ts'

/** Tables that a restore makes by running the migrations. */
const OF_THE_MIGRATOR = ['kysely_migration', 'kysely_migration_lock', 'migration_checksum']

const TABLES = `
  select class.relname as "table", array_agg(attribute.attname::text order by attribute.attnum) as columns
  from pg_class class join pg_attribute attribute on attribute.attrelid = class.oid
  where class.relkind = 'r' and class.relnamespace = 'public'::regnamespace
    and attribute.attnum > 0 and not attribute.attisdropped and attribute.attgenerated = ''
    and class.relname <> all ($1)
  group by class.relname order by class.relname`

const SEQUENCES = `
  select sequencename as name, last_value::text as last from pg_sequences
  where schemaname = 'public' and last_value is not null order by sequencename`

/** A name as SQL writes it. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The columns of a table as COPY names them. */
export const copyColumns = ({ table, columns }: ArchiveTable): string =>
  `${quoted(table)} (${columns.map(quoted).join(', ')})`

/**
 * Everything in the database as it is at one moment, while the shop goes on: one snapshot that only reads, so that no
 * reader of the event log waits for it.
 */
export async function* dumpDatabase(database: Database, madeAt: Date): AsyncGenerator<Frame> {
  const client = await ownConnection(database)
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query('set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0')
    const migrations = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migration_checksum order by name',
    )
    yield { kind: 'header', value: { format: 1, madeAt: madeAt.toISOString(), migrations: migrations.rows } }
    const { rows: tables } = await client.query<ArchiveTable>(TABLES, [OF_THE_MIGRATOR])
    for (const table of tables) {
      yield { kind: 'table', value: table }
      const rows = client.query(copyTo(`copy ${copyColumns(table)} to stdout`))
      for await (const chunk of rows) yield { kind: 'data', value: chunk as Buffer }
    }
    const { rows: sequences } = await client.query<{ name: string; last: string }>(SEQUENCES)
    for (const sequence of sequences) yield { kind: 'sequence', value: sequence }
    await client.query('commit')
  } finally {
    await client.end()
  }
}
