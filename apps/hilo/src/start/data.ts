import { readShop } from '@hilo/channels'
import { startEventFeed, type Database, type DB, type EventFeed } from '@hilo/db'
import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { bringUpToDate } from '../commands/migrate.ts'
import type { DemoAccess } from '../seed/demo-access.ts'
import { seedWhenEmpty } from '../seed/run-seed.ts'
import { NO_SHOP } from '../system-context.ts'
import { UserFacingError } from '../user-facing-error.ts'
import { openConfiguredDatabase } from './database.ts'
import type { Shutdown } from './shutdown.ts'

/** The open database of a process, brought up to date, with the feed of its events. */
export interface Data {
  readonly database: Database
  readonly feed: EventFeed
  readonly demo: DemoAccess | undefined
  /** The URL without its password, for people. */
  readonly shown: string
  readonly problem: () => Promise<string | undefined>
}

interface DataOptions {
  readonly config: Config
  readonly say: (line: string) => void
  readonly logger: Logger
  readonly shutdown: Shutdown
}

/** Longest that the database may take to answer before this process counts as not ready. */
const DATABASE_WITHIN_MS = 2_000
const PROBLEM = 'the database does not answer'

const databaseProblem = (db: Kysely<DB>) => (): Promise<string | undefined> => {
  const late = new Promise<string>((resolve) =>
    setTimeout(() => resolve(PROBLEM), DATABASE_WITHIN_MS).unref(),
  )
  const query = sql`select 1`.execute(db).then(
    () => undefined,
    () => PROBLEM,
  )
  return Promise.race([query, late])
}

/** Opens the database, brings its tables up to date, and seeds the demo shop where that is wanted. */
export const openData = async ({ config, say, logger, shutdown }: DataOptions): Promise<Data> => {
  say(config.databaseUrl ? 'Opening the database …' : 'Starting the database …')
  const opened = await openConfiguredDatabase(config, { say, logger })
  shutdown.add('the database', opened.close)
  const { database } = opened
  const applied = await bringUpToDate(database.kysely)
  if (applied.length > 0) say(`Brought the tables up to date (${applied.length} steps)`)
  const isServing = config.roles.includes('api')
  const demo = isServing ? await seedWhenEmpty(config, { db: database.kysely, say }) : undefined
  if (isServing && !(await readShop(database.kysely))) throw new UserFacingError(NO_SHOP)
  const feed = await startEventFeed(database, { logger })
  shutdown.add('the event feed', () => feed.close())
  return { database, feed, demo, shown: opened.shown, problem: databaseProblem(database.kysely) }
}
