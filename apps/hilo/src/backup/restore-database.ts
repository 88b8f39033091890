import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { knownMigrations, migrate, type Database } from '@hilo/db'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { UserFacingError } from '../user-facing-error.ts'
import { readArchive, type ArchiveHeader, type ArchiveTable } from './archive.ts'
import { copyColumns, quoted } from './dump-database.ts'
import { ownConnection } from './own-connection.ts'

const refuseUnknown = async ({ migrations }: ArchiveHeader): Promise<void> => {
  const known = await knownMigrations()
  const foreign = migrations.filter(({ name, checksum }) => known.get(name) !== checksum)
  if (foreign.length > 0)
    throw new UserFacingError(
      `The backup was made by another version, which knows ${foreign.map(({ name }) => name).join(', ')}: restore it with that one.`,
    )
}

const prepare = async ({ pool }: Database, replace: boolean): Promise<void> => {
  const { rows } = await pool.query<{ n: number }>(
    `select count(*)::int4 as n from pg_class where relkind in ('r', 'v', 'p') and relnamespace = 'public'::regnamespace`,
  )
  if (rows[0]!.n === 0) return
  if (!replace)
    throw new UserFacingError(
      `The database is not empty: it has ${rows[0]!.n} tables. Restore into an empty one, or say --replace true to delete what is there.`,
    )
  await pool.query('drop schema public cascade; create schema public')
}

/** Foreign keys, in the words that make them again, and triggers: what they would do has been done, and is in the archive. */
const RULES = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as take,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as give
  from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace
  union all
  select distinct format('alter table %s disable trigger user', tgrelid::regclass),
    format('alter table %s enable trigger user', tgrelid::regclass)
  from pg_trigger where not tgisinternal`

/** Rows on their way into a table; `done` rejects as soon as Postgres refuses one. */
const beginCopy = (client: Client, table: ArchiveTable) => {
  const rows = client.query(copyFrom(`copy ${copyColumns(table)} from stdin`))
  const done = finished(rows)
  // Who writes the next row hears of it.
  done.catch(() => undefined)
  return { rows, done }
}

const load = async (client: Client, path: string): Promise<void> => {
  let copy: ReturnType<typeof beginCopy> | undefined
  const end = async (): Promise<void> => {
    copy?.rows.end()
    await copy?.done
    copy = undefined
  }
  for await (const frame of readArchive(path)) {
    if (frame.kind !== 'data') await end()
    if (frame.kind === 'store' || frame.kind === 'file') return
    if (frame.kind === 'table') {
      await client.query(`truncate ${quoted(frame.value.table)}`)
      copy = beginCopy(client, frame.value)
    }
    if (frame.kind === 'data' && copy && !copy.rows.write(frame.value))
      await Promise.race([once(copy.rows, 'drain'), copy.done])
    if (frame.kind === 'sequence')
      await client.query('select setval($1::regclass, $2)', [frame.value.name, frame.value.last])
  }
  await end()
}

const loadAtOnce = async (database: Database, path: string): Promise<void> => {
  const client = await ownConnection(database)
  try {
    await client.query(
      'begin; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0',
    )
    // Rows come table by table, in no order that foreign keys would accept; at the end all of them are checked.
    const { rows: rules } = await client.query<{ take: string; give: string }>(RULES)
    for (const { take } of rules) await client.query(take)
    await load(client, path)
    for (const { give } of rules) await client.query(give)
    await client.query('commit')
  } finally {
    // Without a commit this takes everything back.
    await client.end()
  }
}

/**
 * Fills a database from a checked archive: the tables of its version, all rows at once or none, then the newest tables.
 * The event log is adopted, so that consumers go on where they were.
 */
export const restoreDatabase = async (
  database: Database,
  {
    path,
    header,
    replace,
  }: { readonly path: string; readonly header: ArchiveHeader; readonly replace: boolean },
): Promise<void> => {
  await refuseUnknown(header)
  await prepare(database, replace)
  const had = new Set(header.migrations.map(({ name }) => name))
  await migrate(database.kysely, undefined, (name) => had.has(name))
  await loadAtOnce(database, path)
  await migrate(database.kysely)
}
