export type { Json } from './canonical-json.ts'
export { command, type CommandRequest, type Outcome } from './command.ts'
export { rehearse } from './rehearse.ts'
export { containing } from './containing.ts'
export type { Context } from './context.ts'
export { EmbeddedPostgresError, type EmbeddedPostgresCode } from './embedded/embedded-error.ts'
export { lockFolder } from './embedded/folder-lock.ts'
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/start-embedded-postgres.ts'
export { appendEvents } from './events/append-events.ts'
export { changedFields } from './events/changed-fields.ts'
export { changesBetween } from './events/changes-between.ts'
export {
  type EventFeed,
  type EventFeedOptions,
  startEventFeed,
  type Subscription,
} from './events/event-feed.ts'
export type { Changed, EventScope, NewEvent, StoredEvent } from './events/event.ts'
export { formatPosition, InvalidCursorError, parsePosition } from './events/position.ts'
export { headPosition, readEvents } from './events/read-events.ts'
export { type Consumer, runConsumer } from './events/run-consumer.ts'
export { type WaitingWork, workWhenTold } from './events/work-when-told.ts'
export type { Executor, FullExecutor } from './executor.ts'
export { forgetExpiredAnswers, type IdempotencyConflict } from './idempotency.ts'
export { keyset, type Keyset, type KeysetColumn, type KeysetKind } from './keyset.ts'
export { knownMigrations, migrate, MigrationError } from './migrate.ts'
export { type Database, type DatabaseOptions, openDatabase } from './open-database.ts'
export { PLANNED_EACH_TIME } from './preparing-client.ts'
export { type Columns, readTogether, toRows } from './read-together.ts'
export type { DB } from './tables.generated.ts'
export { isOutOfReach, isUnavailable } from './unavailable.ts'
export { waitTurn } from './wait-turn.ts'
export { within, withinOrShared } from './within.ts'
