import type { FullExecutor } from '@hilo/db'
import { engineIn } from './engine-in-use.ts'
import type { SearchAnswer, SearchQuery } from './engine.ts'
import { expandWords, queryWords } from './query-words.ts'
import { expansionsFor } from './synonyms/synonym-queries.ts'

/** Looks for a text with the synonyms of its language. */
export const findProducts = async (
  db: FullExecutor,
  query: Omit<SearchQuery, 'words'>,
): Promise<SearchAnswer> => {
  const words = queryWords(query.text)
  const expansions = await expansionsFor(db, query.locale, words)
  return engineIn(db).search({ ...query, words: expandWords(words, expansions) })
}
