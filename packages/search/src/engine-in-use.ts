import type { FullExecutor } from '@hilo/db'
import type { SearchEngine } from './engine.ts'
import { postgresSearch } from './postgres/postgres-engine.ts'

/**
 * An engine as seen from a connection or a transaction. It is indexed within the transaction that takes the marks of
 * changed products; another system is written to before that commits.
 */
export type EngineIn = (db: FullExecutor) => SearchEngine

let inUse: EngineIn = postgresSearch

/** Has this process index, search and complete with another engine; called once, before anything is started. */
export const useEngine = (engineIn: EngineIn): void => {
  inUse = engineIn
}

/** The engine of this process: Postgres, unless another was put in its place. */
export const engineIn: EngineIn = (db) => inUse(db)
