import type { FullExecutor } from './executor.ts'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import { Migrator, type Migration, type MigrationResultSet } from 'kysely/migration'
import { adoptLog } from './events/adopt-log.ts'

/** Why a database cannot be brought up to date. `names` are the migrations concerned. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
  readonly code: 'MIGRATION_CHANGED' | 'VERSIONS_DIVERGED' | 'MIGRATION_FAILED'
  readonly names: readonly string[]

  constructor(
    code: MigrationError['code'],
    names: readonly string[],
    options: { reason: string; cause?: unknown },
  ) {
    super(options.reason, { cause: options.cause })
    this.code = code
    this.names = names
  }
}

interface MigrationFile {
  readonly name: string
  readonly text: string
  readonly checksum: string
}

const FOLDER = new URL('../migrations/', import.meta.url)

const readMigrations = async (folder: URL): Promise<MigrationFile[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (file) => {
      const text = (await readFile(new URL(file, folder), 'utf8')).replaceAll('\r\n', '\n')
      return { name: file.slice(0, -4), text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/** The migrations of this version with the checksums of their texts, by name. */
export const knownMigrations = async (): Promise<ReadonlyMap<string, string>> =>
  new Map((await readMigrations(FOLDER)).map(({ name, checksum }) => [name, checksum]))

/** Checksums of what was applied, or nothing when the database is empty. */
const appliedMigrations = async (db: FullExecutor) => {
  const found = await sql<{
    found: boolean
  }>`select to_regclass('migration_checksum') is not null as found`.execute(db)
  if (!found.rows[0]!.found) return []
  return db.selectFrom('migration_checksum').select(['name', 'checksum']).orderBy('name').execute()
}

/** Throws when these files cannot have led to the database; gives false when it is newer than they are. */
const isBehind = async (db: FullExecutor, files: readonly MigrationFile[]): Promise<boolean> => {
  const byName = new Map(files.map((file) => [file.name, file]))
  const applied = await appliedMigrations(db)
  const changed = applied
    .filter(({ name, checksum }) => (byName.get(name)?.checksum ?? checksum) !== checksum)
    .map(({ name }) => name)
  if (changed.length > 0)
    throw new MigrationError('MIGRATION_CHANGED', changed, {
      reason: `Applied migrations were edited since: ${changed.join(', ')}. Restore them, and add a new file instead`,
    })
  const unknown = applied.filter(({ name }) => !byName.has(name)).map(({ name }) => name)
  if (unknown.length === 0) return true
  const present = new Set(applied.map(({ name }) => name))
  const missing = files.filter(({ name }) => !present.has(name)).map(({ name }) => name)
  if (missing.length > 0)
    throw new MigrationError('VERSIONS_DIVERGED', unknown, {
      reason: `The database has ${unknown.join(', ')}, which this version does not know, and lacks ${missing.join(', ')}: use a version that has them all`,
    })
  return false
}

/**
 * How long a migration waits for a table, while everybody queues behind it. Less than Postgres takes to look for
 * deadlocks, so that the migration gives way and not the shop.
 */
const LOCK_MS = 200
const PAUSE_MS = 200
const ATTEMPTS = 300

/** lock_not_available and deadlock_detected: others were busy with its tables, and nothing has happened. */
const isBusy = (error: unknown): boolean =>
  ['55P03', '40P01'].includes(String((error as { readonly code?: unknown } | null)?.code))

const migrateWhenFree = async (migrator: Migrator): Promise<MigrationResultSet> => {
  for (let attempt = 1; ; attempt += 1) {
    const done = await migrator.migrateToLatest()
    if (!isBusy(done.error) || attempt === ATTEMPTS) return done
    await delay(PAUSE_MS)
  }
}

const asMigration = ({ name, text, checksum }: MigrationFile): Migration => ({
  up: async (db) => {
    // A migration may take longer than a query of a request may.
    await sql
      .raw(
        `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
        set local lock_timeout = ${LOCK_MS};\n${text}`,
      )
      .execute(db)
    await sql`insert into migration_checksum (name, checksum) values (${name}, ${checksum})`.execute(db)
  },
})

/**
 * Brings a database to the newest migration, all or nothing, and returns the names applied. Several processes may call
 * it at once: one works, the others wait and find nothing left. An open shop is let through: while its tables are busy
 * the migration steps back and tries again, for some two minutes. A database that a newer version has migrated stays as it
 * is: migrations only add, so older code goes on with it. `until` leaves files out, to make the tables of an older
 * version. Throws `MigrationError`.
 */
export const migrate = async (
  db: FullExecutor,
  folder: URL = FOLDER,
  until: (name: string) => boolean = () => true,
): Promise<readonly string[]> => {
  const files = (await readMigrations(folder)).filter(({ name }) => until(name))
  if (!(await isBehind(db, files))) {
    await adoptLog(db)
    return []
  }
  const migrator = new Migrator({
    db,
    // Two branches may each add a file: whichever came first, the other one is applied too.
    allowUnorderedMigrations: true,
    provider: {
      getMigrations: async () => Object.fromEntries(files.map((file) => [file.name, asMigration(file)])),
    },
  })
  const { error, results = [] } = await migrateWhenFree(migrator)
  if (!error) {
    await adoptLog(db)
    return results.map(({ migrationName }) => migrationName)
  }
  const failed = results.filter(({ status }) => status === 'Error').map(({ migrationName }) => migrationName)
  const reason = error instanceof Error ? error.message : JSON.stringify(error)
  throw new MigrationError('MIGRATION_FAILED', failed, {
    reason: `Migration ${failed.join(', ')} failed: ${reason}`,
    cause: error,
  })
}
