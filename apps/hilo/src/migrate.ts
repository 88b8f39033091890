import { migrate, MigrationError, type DB } from '@hilo/db'
import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import { createLogger } from './logger.ts'
import { openConfiguredDatabase } from './start/database.ts'
import { UserFacingError } from './user-facing-error.ts'

/** Brings the tables up to date and gives the names of the new steps; says in one sentence why it cannot. */
export const bringUpToDate = async (db: Kysely<DB>): Promise<readonly string[]> => {
  try {
    return await migrate(db)
  } catch (error) {
    throw error instanceof MigrationError ? new UserFacingError(error.message) : error
  }
}

/** `hilo migrate`: brings the tables up to date and says which steps were new. */
export const runMigrations = async (config: Config): Promise<void> => {
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  const opened = await openConfiguredDatabase(config, { say, logger: createLogger(config) })
  try {
    const applied = await bringUpToDate(opened.database.kysely)
    say(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The tables are up to date.')
  } finally {
    await opened.close()
  }
}
