import type { QueryCreator, QueryExecutorProvider } from 'kysely'
import type { DB } from './tables.generated.ts'

/**
 * First argument of every query function: the pool or a transaction, able to touch only the tables named. Reading a
 * foreign table, or opening a transaction inside one, does not compile.
 */
export type Executor<T extends keyof DB> = QueryCreator<Pick<DB, T>> & QueryExecutorProvider
