import { type Executor, keyset, type KeysetColumn, PLANNED_EACH_TIME } from '@hilo/db'
import type { CursorKey, Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { FacetResult, SearchHit, SearchSort } from '../engine.ts'
import { facetRows, type FacetRow, toFacets } from './facets.ts'
import type { SearchTables } from './index-documents.ts'
import { sortedIn } from './language.ts'
import { fitsBest, fitsDocument, fitsOffer, type Question, scoreOf } from './matching.ts'

/** Documents that are all looked at, and counted; of more some, or as many as a page needs in the index of its order. */
export const WINDOW = 2_000

/** When more fit, so many of each kind are told apart by how well they do. */
const RANKED = 700

/** Rare and common words want other plans. */
export const anew = sql.raw(PLANNED_EACH_TIME)

/** Behind everything that has a value. */
const LAST = '9223372036854775807'

interface Order {
  readonly by: SearchSort['by']
  readonly direction: 'asc' | 'desc'
  readonly kind: 'integer' | 'text' | 'time'
  /** What is sorted by, out of `document` and `offer`. */
  readonly key: RawBuilder<unknown>
}

const orderOf = (question: Question): Order => {
  const { sort, text, locale } = question
  const by = sort.by === 'RELEVANCE' && text.trim() === '' ? 'NEWEST' : sort.by
  const descends = sort.descending ?? ['RELEVANCE', 'NEWEST', 'AVAILABILITY'].includes(by)
  const direction = descends ? 'desc' : 'asc'
  switch (by) {
    case 'RELEVANCE':
      return { by, direction: 'desc', kind: 'integer', key: sql`document.score` }
    case 'NEWEST':
      return { by, direction, kind: 'time', key: sql`document.created_at` }
    case 'NAME':
      return { by, direction, kind: 'text', key: sortedIn(locale) }
    case 'AVAILABILITY':
      return { by, direction, kind: 'integer', key: sql`offer.available::integer` }
    case 'PRICE':
      return {
        by,
        direction,
        kind: 'integer',
        key: sql`coalesce(offer.amount_minor, ${sql.raw(descends ? '-1' : LAST)})`,
      }
    case 'ATTRIBUTE':
      return { by, direction, kind: 'integer', key: attributeKey(sort.attribute ?? '', descends) }
  }
}

/** Numbers as thousandths, so that they are compared exactly; the end of the range where a product says nothing. */
const attributeKey = (attribute: string, descends: boolean): RawBuilder<unknown> => {
  const one = sql.raw(descends ? 'max' : 'min')
  return sql`coalesce((
    select ${one}(greatest(-9e17, least(9e17, round(value * 1000)))::bigint) from search_number
    where search_number.product_id = document.product_id and attribute = ${attribute}
  ), ${sql.raw(descends ? '-9223372036854775807' : LAST)})`
}

interface Row {
  readonly product_id: Uuid
  readonly sort_key: string | bigint | number | Date
}

const toHit = ({ product_id: productId, sort_key: key }: Row): SearchHit => ({
  productId,
  key: [key instanceof Date ? key.toISOString() : String(key), productId] satisfies CursorKey,
})

/** A page of a relation that has `document` joined to `offer`. */
const paged = (db: Executor<SearchTables>, question: Question, from: RawBuilder<unknown>) => {
  const { direction, kind, key } = orderOf(question)
  const found = sql<Row>`(select document.product_id, ${key} as sort_key from ${from})`
  const columns: KeysetColumn[] = [
    ['found.sort_key', direction, kind],
    ['found.product_id', direction, 'uuid'],
  ]
  return keyset(db.selectFrom(found.as('found')).select(['found.product_id', 'found.sort_key']), {
    columns,
    after: question.after,
    limit: question.limit,
  })
}

const joinOffers = (question: Question) =>
  sql`join search_offer as offer on offer.product_id = document.product_id and ${fitsOffer(question)}`

const some = (most: number) => sql.raw(`limit ${most}`)

const scored = (document: RawBuilder<unknown>, question: Question) =>
  sql`(select document.product_id, ${scoreOf(question)} as score from ${document} as document)`

/**
 * What relevance tells apart: all that fit, when they are few enough; else those that have the code, the name, or every
 * word in their names, and some of the others. The best come first, so that offers are looked up for a page only.
 */
const ranked = (question: Question) => {
  const isFew = sql`(select fitting from counted) <= ${sql.raw(String(WINDOW))}`
  const looks = fitsBest(question).map(
    (fits) =>
      sql`(select product_id, name_key, terms from search_document as document where not ${isFew} and ${fits} ${some(RANKED)})`,
  )
  const from = [
    sql`(select * from matched where ${isFew})`,
    sql`(select * from matched where not ${isFew} ${some(RANKED)})`,
    ...looks,
  ]
  return sql`(
    select * from (${sql.join(
      from.map((document) => scored(document, question)),
      sql` union `,
    )}) as told order by score desc, product_id desc
  ) as document ${joinOffers(question)}`
}

interface Looked {
  readonly hits: readonly SearchHit[]
  readonly facets: readonly FacetResult[]
  readonly isFew: boolean
}

/**
 * Those of a page with the facets of what is looked at, and whether more fit than that: of these sorted by anything but
 * relevance no page is made.
 */
const pageOfFew = async (db: Executor<SearchTables>, question: Question): Promise<Looked> => {
  const { facets } = question
  const byRelevance = orderOf(question).by === 'RELEVANCE'
  const needed = sql.raw(
    `${byRelevance ? 'name_key, terms' : 'created_at, name'}${facets.length > 0 ? ', tags' : ''}`,
  )
  const counts = facets.length > 0 ? facetRows(question, WINDOW) : sql`null::json`
  const from = byRelevance
    ? ranked(question)
    : sql`matched as document ${joinOffers(question)}
        where (select fitting from counted) <= ${sql.raw(String(WINDOW))}`
  const { rows } = await sql<Row & { fitting: number; counts: readonly FacetRow[] | null }>`${anew}
    with matched as materialized (
      select product_id, ${needed} from search_document as document
      where ${fitsDocument(question)} ${some(WINDOW + 1)}
    ), counted as materialized (select count(*)::integer as fitting from matched)
    select page.*, counted.fitting, case row_number() over () when 1 then ${counts} end as counts from counted
    left join ${paged(db, question, from)} as page on true`.execute(db)
  return {
    hits: rows.filter(({ product_id: id }) => id !== null).map(toHit),
    facets: toFacets(facets, rows[0]!.counts ?? []),
    isFew: rows[0]!.fitting <= WINDOW,
  }
}

/** A page of very many in the order of an index, which is walked as far as the page needs. */
const pageOfMany = async (db: Executor<SearchTables>, question: Question): Promise<readonly SearchHit[]> => {
  const from = sql`search_document as document ${joinOffers(question)}
    where document.locale = ${question.locale} and ${fitsDocument(question)}`
  return (await sql<Row>`${anew} select * from ${paged(db, question, from)} as page`.execute(db)).rows.map(
    toHit,
  )
}

/** A page of what fits with its facets, in one statement, or in two when very much is sorted by anything but relevance. */
export const searchPage = async (
  db: Executor<SearchTables>,
  question: Question,
): Promise<Omit<Looked, 'isFew'> & { readonly complete: boolean }> => {
  const { hits, facets, isFew } = await pageOfFew(db, question)
  const walked = !isFew && orderOf(question).by !== 'RELEVANCE'
  return { hits: walked ? await pageOfMany(db, question) : hits, facets, complete: isFew }
}

/** How many fit, in one statement. */
export const countFitting = async (db: Executor<SearchTables>, question: Question): Promise<number> => {
  const { rows } = await sql<{ count: number }>`${anew}
    select count(*)::integer as count from search_document as document ${joinOffers(question)}
    where ${fitsDocument(question)}`.execute(db)
  return rows[0]!.count
}
