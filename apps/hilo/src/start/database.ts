import { join } from 'node:path'
import { EmbeddedPostgresError, openDatabase, startEmbeddedPostgres, type Database } from '@hilo/db'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { UserFacingError } from '../user-facing-error.ts'

/** An open database, and what must be stopped after it was closed. */
export interface OpenedDatabase {
  readonly database: Database
  /** The URL without its password, for people. */
  readonly shown: string
  readonly close: () => Promise<void>
}

const withoutPassword = (url: string): string => {
  const shown = new URL(url)
  shown.password = ''
  return shown.href
}

/** Opens the external Postgres of the configuration, or starts the embedded one below the data folder. */
export const openConfiguredDatabase = async (
  config: Config,
  { say, logger }: { say: (line: string) => void; logger: Logger },
): Promise<OpenedDatabase> => {
  const onError = (error: Error): void =>
    logger.warn({ err: error }, 'a database connection broke and was replaced')
  if (config.databaseUrl) {
    const database = openDatabase({ url: config.databaseUrl, onError })
    const problem = await database.pool.query('select 1').then(
      () => undefined,
      (error: Error) => error,
    )
    if (problem) {
      await database.close()
      throw new UserFacingError(
        `The database of DATABASE_URL (${withoutPassword(config.databaseUrl)}) does not answer: ${problem.message}`,
      )
    }
    return { database, shown: withoutPassword(config.databaseUrl), close: database.close }
  }
  const server = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), log: say }).catch(
    (error: unknown) => {
      throw error instanceof EmbeddedPostgresError ? new UserFacingError(error.message) : error
    },
  )
  const database = openDatabase({ url: server.url, onError })
  let isClosing = false
  void server.exited.then((code) => {
    if (isClosing) return
    logger.fatal({ code }, 'the embedded Postgres ended by itself: nothing works without it; start again')
    process.exit(1)
  })
  return {
    database,
    shown: `embedded Postgres in ${config.dataDir}`,
    close: async () => {
      isClosing = true
      await database.close()
      await server.stop()
    },
  }
}
