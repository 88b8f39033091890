import type { Executor } from '@hilo/db'
import { sql } from 'kysely'
import type { SearchAnswer, SearchEngine, SearchQuery, SuggestQuestion } from '../engine.ts'
import { fold, wordsOf } from '../query-words.ts'
import { channelFacet, dropDocuments, indexDocuments, type SearchTables } from './index-documents.ts'
import type { Question } from './matching.ts'
import { countFitting, searchPage } from './page.ts'
import { isSeen, suggestionOf, understand } from './understand.ts'
import { writeOffers } from './write-offers.ts'

/** The numbers of the channel and of the values in each facet; `undefined` when no document can have what is asked. */
const readTags = async (
  db: Executor<SearchTables>,
  { channelId, locale, filter }: SearchQuery,
): Promise<Question['tagIds'] | undefined> => {
  const wanted = [{ facet: channelFacet(locale), values: [channelId as string] }, ...(filter.tags ?? [])]
  const { rows } = await sql<{ id: number; nth: number }>`
    select search_tag.id, wanted.nth::integer
    from unnest(${wanted.flatMap(({ facet, values }) => values.map(() => facet))}::text[],
      ${wanted.flatMap(({ values }) => values)}::text[],
      ${wanted.flatMap(({ values }, index) => values.map(() => index))}::integer[]) as wanted (facet, value, nth)
    join search_tag on search_tag.facet = wanted.facet and search_tag.value = wanted.value`.execute(db)
  const ids = wanted.map((_, nth) => rows.filter((row) => row.nth === nth).map(({ id }) => id))
  return ids.every((list) => list.length > 0) ? ids : undefined
}

const NOTHING: SearchAnswer = { hits: [], facets: [], complete: true }

const search = async (db: Executor<SearchTables>, query: SearchQuery): Promise<SearchAnswer> => {
  const [tagIds, words] = await Promise.all([readTags(db, query), understand(db, query, query.words)])
  if (!tagIds) return { ...NOTHING, ...(query.wantsTotal && { total: 0 }) }
  const question: Question = { ...query, words, tagIds }
  const [page, total] = await Promise.all([
    searchPage(db, question),
    query.wantsTotal ? countFitting(db, question) : undefined,
  ])
  const suggestion = suggestionOf(words)
  return {
    ...page,
    ...(total !== undefined && { total }),
    ...(suggestion !== undefined && { suggestion }),
  }
}

const suggest = async (
  db: Executor<SearchTables>,
  { prefix, limit, ...view }: SuggestQuestion,
): Promise<readonly string[]> => {
  const words = wordsOf(prefix)
  const last = fold(prefix).match(/[\p{L}\p{N}]$/u) ? words.pop() : undefined
  if (last === undefined) return []
  const { rows } = await sql<{ word: string }>`
    select word from search_word
    where locale = ${view.locale} and word like ${`${last}%`} and documents > 0
      and ${isSeen(view, sql.ref('search_word'))}
    order by documents desc, word limit ${limit}`.execute(db)
  return rows.map(({ word }) => [...words, word].join(' '))
}

/** The engine that is built in: the tables of Postgres through this connection or transaction. */
export const postgresSearch = (db: Executor<SearchTables>): SearchEngine => ({
  index: (documents) => indexDocuments(db, documents),
  offer: (products) => writeOffers(db, products),
  remove: async (productIds) => {
    await dropDocuments(db, productIds)
    await sql`delete from search_number where product_id = any(${productIds}::uuid[])`.execute(db)
    await sql`delete from search_offer where product_id = any(${productIds}::uuid[])`.execute(db)
  },
  search: (query) => search(db, query),
  suggest: (question) => suggest(db, question),
})
