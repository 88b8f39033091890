import { migrate } from '@hilo/db'
import type { Config } from './config.ts'
import { createLogger } from './logger.ts'
import { openConfiguredDatabase } from './start/database.ts'

/** `hilo migrate`: brings the tables up to date and says which steps were new. */
export const runMigrations = async (config: Config): Promise<void> => {
  const say = (line: string): void => void process.stdout.write(`${line}\n`)
  const opened = await openConfiguredDatabase(config, { say, logger: createLogger(config) })
  try {
    const applied = await migrate(opened.database.kysely)
    say(applied.length > 0 ? `Applied: ${applied.join(', ')}` : 'The tables are up to date.')
  } finally {
    await opened.close()
  }
}
