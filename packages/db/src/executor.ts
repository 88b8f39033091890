import type { Kysely, QueryCreator, QueryExecutorProvider } from 'kysely'
import type { DB } from './tables.generated.ts'

/**
 * First argument of every query function: the pool or a transaction, able to touch only the tables named. Reading a
 * foreign table, or opening a transaction inside one, does not compile.
 *
 * `in` because who may touch more tables may stand in for who may touch fewer. The compiler cannot prove that through
 * the generics of Kysely; told, it compares two names instead of two builders of a hundred tables, thousands of times.
 */
// @ts-expect-error TS2636: see above
export interface Executor<in T extends keyof DB> extends QueryCreator<Pick<DB, T>>, QueryExecutorProvider {}

/** The whole database: the pool, or inside `command()` the transaction. Stands in for any `Executor` at no cost. */
export type FullExecutor = Executor<keyof DB> & Kysely<DB>
