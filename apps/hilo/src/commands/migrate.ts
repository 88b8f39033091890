import { migrate, MigrationError, type FullExecutor } from '@hilo/db'
import type { Config } from '../config.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { say, withDatabase } from './with-database.ts'

/** Brings the tables up to date and gives the names of the new steps; says in one sentence why it cannot. */
export const bringUpToDate = async (db: FullExecutor): Promise<readonly string[]> => {
  try {
    return await migrate(db)
  } catch (error) {
    throw error instanceof MigrationError ? new UserFacingError(error.message) : error
  }
}

/** `hilo migrate`: brings the tables up to date and says which steps were new. */
export const runMigrations = (config: Config): Promise<void> =>
  withDatabase(config, async ({ kysely }) => {
    const applied = await bringUpToDate(kysely)
    say(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The tables are up to date.')
  })
