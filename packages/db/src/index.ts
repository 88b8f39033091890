export type { Context } from './context.ts'
export { EmbeddedPostgresError, type EmbeddedPostgresCode } from './embedded/embedded-error.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start-embedded-postgres.ts'
export type { Executor } from './executor.ts'
export { migrate, MigrationError } from './migrate.ts'
export { type Database, type DatabaseOptions, openDatabase } from './open-database.ts'
export type { DB } from './tables.generated.ts'
