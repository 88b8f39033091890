import type { Database } from '@hilo/db'
import type { Ticks } from '../limits/limiter.ts'
import { createWeightedCache } from '../limits/weighted-cache.ts'
import { documentIdOf, hashOf } from './document-id.ts'
import { documentByHash } from './operation-queries.ts'

/** The operations that may be asked for by their document id. */
export interface Operations {
  /** The text behind a document id; undefined when nothing is registered under it. */
  readonly find: (documentId: string) => Promise<string | undefined>
  /** Makes this process look again; others do within a minute. */
  readonly forget: (documentId: string) => void
}

interface OperationsOptions {
  readonly database: Database
  readonly now: Ticks
  /** Documents that are always there: those of the edge that comes with this version. */
  readonly builtIn: readonly string[]
}

/** Characters of documents kept in memory. */
const KEPT_CHARACTERS = 2_000_000
/** How long a removed operation may still be answered by another process. */
const KEPT_MS = 60_000

/** Built-in operations and those of the table, with what was asked for lately in memory. */
export const createOperations = ({ database, now, builtIn }: OperationsOptions): Operations => {
  const always = new Map(builtIn.map((document) => [documentIdOf(document), document]))
  const cache = createWeightedCache<{ readonly document: string; readonly until: number }>(
    KEPT_CHARACTERS,
    (_id, { document }) => document.length,
  )
  return {
    find: async (documentId) => {
      const own = always.get(documentId)
      if (own !== undefined) return own
      const hash = hashOf(documentId)
      if (!hash) return undefined
      const kept = cache.get(documentId)
      if (kept && kept.until > now()) return kept.document
      const document = await documentByHash(database.kysely, hash)
      if (document === undefined) cache.delete(documentId)
      else cache.set(documentId, { document, until: now() + KEPT_MS })
      return document
    },
    forget: cache.delete,
  }
}
