import type { SearchTables } from './postgres/index-documents.ts'
import type { Executor } from '@hilo/db'
import type { SearchAnswer, SearchQuery } from './engine.ts'
import { expandWords, queryWords } from './query-words.ts'
import { postgresSearch } from './postgres/postgres-engine.ts'
import { expansionsFor } from './synonyms/synonym-queries.ts'

/** Looks for a text with the synonyms of its language. */
export const findProducts = async (
  db: Executor<SearchTables>,
  query: Omit<SearchQuery, 'words'>,
): Promise<SearchAnswer> => {
  const words = queryWords(query.text)
  const expansions = await expansionsFor(db, query.locale, words)
  return postgresSearch(db).search({ ...query, words: expandWords(words, expansions) })
}
