import { type Driver, Kysely, type LogEvent, PostgresDialect } from 'kysely'
import { type ClientConfig, type Pool, type PoolConfig, types } from 'pg'
import { boundedPool } from './bounded-pool.ts'
import { preparingClient } from './preparing-client.ts'
import { noteStatement } from './statement-telemetry.ts'
import type { FullExecutor } from './executor.ts'
import type { DB } from './tables.generated.ts'
import { rememberDriver } from './transaction.ts'

/** An open connection pool: `kysely` for queries, `config` for a connection of one's own (LISTEN). */
export interface Database {
  readonly kysely: FullExecutor
  readonly pool: Pool
  readonly config: ClientConfig
  /** Waits for running queries, then closes every connection. */
  readonly close: () => Promise<void>
}

export interface DatabaseOptions {
  /** `postgres://user:password@host:port/database`, with `?sslmode=verify-full` for TLS. */
  readonly url: string
  /** Most connections this process opens; further queries wait their turn. Default 10. */
  readonly max?: number
  /** How many queries may wait for a connection; more are refused with `PoolBusyError`. Default 50 for each connection. */
  readonly maxWaiting?: number
  /** Shown in `pg_stat_activity.application_name` after `hilo:`. Default `app`. */
  readonly name?: string
  /** Longest time of one statement in milliseconds. Default 60,000. */
  readonly statementTimeout?: number
  /** Hears of each statement after it ran, and of each failed one. */
  readonly log?: (event: LogEvent) => void
  /** Hears of a connection that broke; the pool opens another one. */
  readonly onError?: (error: Error) => void
}

const OID = { int8: 20, date: 1082, int8Array: 1016 } as const

const int8Array = types.getTypeParser(OID.int8Array as number, 'text') as unknown as (
  text: string,
) => (string | null)[]

/** int8 → bigint (a double loses above 2^53), date → `YYYY-MM-DD` (pg would make local midnight of it). */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [OID.int8]: BigInt,
  [OID.date]: (text) => text,
  [OID.int8Array]: (text) => int8Array(text).map((value) => (value === null ? null : BigInt(value))),
}

const typeParsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    (format === 'binary' ? undefined : parsers[oid]) ?? types.getTypeParser(oid, format),
}

/** Connection settings for a URL; throws `TypeError`, without the password in it, for anything but a Postgres URL. */
const clientConfig = (options: DatabaseOptions): ClientConfig => {
  const url = URL.canParse(options.url) ? new URL(options.url) : undefined
  if (!url || !['postgres:', 'postgresql:'].includes(url.protocol))
    throw new TypeError('The database URL must look like postgres://user:password@host:5432/database')
  return {
    connectionString: options.url,
    application_name: `hilo:${options.name ?? 'app'}`,
    types: typeParsers,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: options.statementTimeout ?? 60_000,
    // A big table is always read from its beginning: whoever takes some rows of many gets the same ones again, so that the
    // pages of a search follow each other.
    options: '-c synchronize_seqscans=off',
    // A forgotten transaction would hold back every reader of the event log (see read-events.ts).
    idle_in_transaction_session_timeout: 60_000,
  }
}

/** Opens a pool on an embedded or external Postgres; connects with the first query. */
export const openDatabase = (options: DatabaseOptions): Database => {
  const config = clientConfig(options)
  const max = options.max ?? 10
  const settings = {
    ...config,
    max,
    idleTimeoutMillis: 30_000,
    Client: preparingClient(),
    // What does not wait for each other in a transaction travels together: `Promise.all` of two statements.
    pipeline: true,
  } as PoolConfig
  const pool = boundedPool(settings, options.maxWaiting ?? 50 * max)
  const onError = (error: Error) => options.onError?.(error)
  pool.on('error', onError)
  // The pool listens to idle connections only; one that breaks while in use would end the process.
  pool.on('connect', (client) => client.on('error', onError))
  const dialect = new PostgresDialect({ pool })
  let driver: Driver | undefined
  const kysely = new Kysely<DB>({
    dialect: {
      createAdapter: () => dialect.createAdapter(),
      createDriver: () => (driver = dialect.createDriver()),
      createIntrospector: (db) => dialect.createIntrospector(db),
      createQueryCompiler: () => dialect.createQueryCompiler(),
    },
    log: (event) => {
      noteStatement(event)
      options.log?.(event)
    },
  }) as unknown as FullExecutor
  rememberDriver(kysely, { config: { dialect }, dialect, driver: driver! })
  let closed: Promise<void> | undefined
  return { kysely, pool, config, close: () => (closed ??= pool.end()) }
}
