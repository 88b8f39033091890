import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError, openDatabase, startEmbeddedPostgres, type Database } from '@hilo/db'
import { gauge } from '@hilo/telemetry'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { endProcess } from '../end-process.ts'
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

interface Telling {
  readonly say: (line: string) => void
  readonly logger: Logger
}

/** Longest time that running queries get to finish when the program stops. */
const QUERIES_WITHIN_MS = 3_000
const OLDEST_VERSION = 160_000

/** Opens the external Postgres of the configuration, or starts the embedded one below the data folder. */
export const openConfiguredDatabase = (config: Config, telling: Telling): Promise<OpenedDatabase> =>
  config.databaseUrl ? openExternal(config.databaseUrl, telling) : openEmbedded(config.dataDir, telling)

/** A pool that is quiet about connections that break because it is closing. */
const openPool = (url: string, { logger }: Telling) => {
  let isClosing = false
  const database = openDatabase({
    url,
    onError: (error) => {
      if (!isClosing) logger.warn({ err: error }, 'a database connection broke and was replaced')
    },
  })
  const { pool } = database
  const stopMeasuring = [
    gauge('hilo_db_pool_connections', 'Open connections to the database.', () => pool.totalCount),
    gauge('hilo_db_pool_waiting', 'Queries that wait for a connection.', () => pool.waitingCount),
  ]
  return {
    database,
    isClosing: () => isClosing,
    close: async (): Promise<void> => {
      isClosing = true
      for (const end of stopMeasuring) end()
      await Promise.race([database.close(), delay(QUERIES_WITHIN_MS, undefined, { ref: false })])
    },
  }
}

const openExternal = async (url: string, telling: Telling): Promise<OpenedDatabase> => {
  const shown = withoutPassword(url)
  const { database, close } = openPool(url, telling)
  try {
    const { rows } = await database.pool.query<{ version: number; name: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as name`,
    )
    if (rows[0]!.version < OLDEST_VERSION)
      throw new UserFacingError(
        `The database of DATABASE_URL (${shown}) is Postgres ${rows[0]!.name}; Hilo needs 16 or newer.`,
      )
  } catch (error) {
    await close()
    throw error instanceof UserFacingError
      ? error
      : new UserFacingError(`The database of DATABASE_URL (${shown}) does not answer: ${reasonOf(error)}`)
  }
  return { database, shown, close }
}

/** An address with several IPs fails with several errors, and says nothing itself. */
const reasonOf = (error: unknown): string =>
  error instanceof AggregateError
    ? error.errors.map(reasonOf).join('; ')
    : error instanceof Error
      ? error.message
      : String(error)

/** Postgres needs whole files of its write-ahead log (16 MB), and ends when it cannot make one. */
const LITTLE_SPACE = 32 * 1024 * 1024

/** What is to be done about it, for people, when the database of a folder found no space. */
const spaceAdvice = async (folder: string): Promise<string | undefined> => {
  const space = await statfs(folder).catch(() => undefined)
  return space && space.bavail * space.bsize < LITTLE_SPACE
    ? `No space is left in ${folder}. Make some, then start again: nothing that was acknowledged is lost.`
    : undefined
}

const openEmbedded = async (dataDir: string, telling: Telling): Promise<OpenedDatabase> => {
  const { say, logger } = telling
  const folder = join(dataDir, 'postgres')
  const server = await startEmbeddedPostgres({ dataDir: folder, log: say }).catch(async (error: unknown) => {
    if (!(error instanceof EmbeddedPostgresError)) throw error
    const advice = await spaceAdvice(folder)
    throw new UserFacingError([error.message, advice].filter(Boolean).join('\n'))
  })
  const { database, isClosing, close } = openPool(server.url, telling)
  void server.exited.then(async (code) => {
    if (isClosing()) return
    const advice = (await spaceAdvice(folder)) ?? 'Start again.'
    logger.fatal({ code, advice }, 'the embedded Postgres ended by itself')
    process.stderr.write(`\nThe embedded Postgres ended by itself, and nothing works without it. ${advice}\n`)
    return endProcess(1)
  })
  return {
    database,
    shown: `embedded Postgres in ${dataDir}`,
    close: async () => {
      await close()
      await server.stop()
    },
  }
}
