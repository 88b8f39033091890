import type { Executor } from '@hilo/db'
import { sql } from 'kysely'
import type { SearchAnswer, SearchEngine, SearchQuery, SuggestQuestion } from '../engine.ts'
import { fold, wordsOf } from '../query-words.ts'
import { channelFacet, dropDocuments, indexDocuments, type SearchTables } from './index-documents.ts'
import { mayFit, type Question } from './matching.ts'
import { countOwn, ownQuestions } from './own-facets.ts'
import { countFitting, searchPage } from './page.ts'
import { isSeen, suggestionOf, understand } from './understand.ts'
import { writeOffers } from './write-offers.ts'

/** The numbers of the channel and of the values in each facet. */
const readTags = async (
  db: Executor<SearchTables>,
  { channelId, locale, filter }: SearchQuery,
): Promise<Question['tags']> => {
  const wanted = [{ facet: channelFacet(locale), values: [channelId as string] }, ...(filter.tags ?? [])]
  const { rows } = await sql<{ id: number; nth: number }>`
    select search_tag.id, wanted.nth::integer
    from unnest(${wanted.flatMap(({ facet, values }) => values.map(() => facet))}::text[],
      ${wanted.flatMap(({ values }) => values)}::text[],
      ${wanted.flatMap(({ values }, index) => values.map(() => index))}::integer[]) as wanted (facet, value, nth)
    join search_tag on search_tag.facet = wanted.facet and search_tag.value = wanted.value`.execute(db)
  return wanted.map(({ facet }, nth) => ({
    facet,
    ids: rows.filter((row) => row.nth === nth).map(({ id }) => id),
  }))
}

const search = async (db: Executor<SearchTables>, query: SearchQuery): Promise<SearchAnswer> => {
  const [tags, words] = await Promise.all([readTags(db, query), understand(db, query, query.words)])
  const question: Question = { ...query, words, tags }
  const fits = mayFit(question)
  const filtered = ownQuestions(question)
  const shared = query.facets.filter((facet) => !filtered.has(facet))
  const [page, own, total] = await Promise.all([
    fits ? searchPage(db, { ...question, facets: shared }) : { hits: [], facets: [], complete: true },
    countOwn(db, [...filtered.values()]),
    query.wantsTotal ? (fits ? countFitting(db, question) : 0) : undefined,
  ])
  const facets = new Map([...page.facets, ...own].map((counted) => [counted.facet, counted]))
  const suggestion = suggestionOf(words)
  return {
    ...page,
    facets: query.facets.map((facet) => facets.get(facet) ?? { facet, values: [] }),
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
