import type { DB, Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { makeDocuments } from './make-documents.ts'
import { readFacts } from './read-facts.ts'
import { readOffers } from './read-offers.ts'
import type { SearchDocument } from './search-document.ts'

/** The documents of these products as the catalogue, the shelves and the stock are now, in two statements. */
export const readDocuments = async (
  db: Executor<keyof DB>,
  productIds: readonly Uuid[],
  now: Date,
): Promise<SearchDocument[]> => {
  const [facts, offers] = await Promise.all([readFacts(db, productIds), readOffers(db, productIds, now)])
  return makeDocuments(facts, offers)
}
