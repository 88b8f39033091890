import type { Database } from '@hilo/db'
import type { Config } from '../config.ts'
import { createLogger } from '../logger.ts'
import { refuseUnsafeDatabase } from '../production.ts'
import { openConfiguredDatabase } from '../start/database.ts'

/** A line for the person at the terminal. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`)

/** A line that is not the answer, so that the answer alone can go into a file. */
const note = (line: string): void => void process.stderr.write(`${line}\n`)

/** Runs a command on the configured database, and closes it again. */
export const withDatabase = async <T>(
  config: Config,
  run: (database: Database) => Promise<T>,
): Promise<T> => {
  refuseUnsafeDatabase(config)
  const opened = await openConfiguredDatabase(config, { say: note, logger: createLogger(config) })
  try {
    return await run(opened.database)
  } finally {
    await opened.close()
  }
}
