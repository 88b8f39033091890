import { type Executor, keyset, type KeysetColumn, PLANNED_EACH_TIME } from '@hilo/db'
import type { CursorKey, Uuid } from '@hilo/kernel'
import { type RawBuilder, sql } from 'kysely'
import type { SearchHit, SearchSort } from '../engine.ts'
import type { SearchTables } from './index-documents.ts'
import { sortedIn } from './language.ts'
import { fitsBest, fitsDocument, fitsOffer, type Question, scoreOf } from './matching.ts'

/** Documents that are all looked at; when more fit, a page is found by walking the index of its order instead. */
const WINDOW = 2_000

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

const limited = (condition: RawBuilder<unknown>, score: RawBuilder<unknown>, most: number) => sql`
  select product_id, created_at, name, ${score} as score from search_document as document
  where ${condition} limit ${sql.raw(String(most))}`

/** All that fit are looked at, when they are few enough; else nothing is, and that is told. */
const pageOfFew = async (
  db: Executor<SearchTables>,
  question: Question,
): Promise<readonly SearchHit[] | 'too many'> => {
  const from = sql`matched as document ${joinOffers(question)}
    where (select count(*) from matched) <= ${sql.raw(String(WINDOW))}`
  const { rows } = await sql<Row & { fitting: number }>`${anew}
    with matched as materialized (${limited(fitsDocument(question), scoreOf(question), WINDOW + 1)})
    select page.*, counted.fitting
    from (select count(*)::integer as fitting from matched) as counted
    left join ${paged(db, question, from)} as page on true`.execute(db)
  if (rows[0]!.fitting > WINDOW) return 'too many'
  return rows.filter(({ product_id: id }) => id !== null).map(toHit)
}

/**
 * Of many that fit only some are looked at: in the order of an index as many as the page needs; by relevance those that
 * have the code, the name, or every word in their names, and some of the others.
 */
const pageOfMany = async (db: Executor<SearchTables>, question: Question): Promise<readonly SearchHit[]> => {
  const { locale } = question
  const score = scoreOf(question)
  const looks = [...fitsBest(question), fitsDocument(question)].map(
    (condition) => sql`(${limited(condition, score, RANKED)})`,
  )
  const from =
    orderOf(question).by === 'RELEVANCE'
      ? sql`(${sql.join(looks, sql` union `)}) as document ${joinOffers(question)}`
      : sql`search_document as document ${joinOffers(question)}
          where document.locale = ${locale} and ${fitsDocument(question)}`
  return (await sql<Row>`${anew} select * from ${paged(db, question, from)} as page`.execute(db)).rows.map(
    toHit,
  )
}

/** A page of what fits, in one statement, or in two when it is very much. */
export const searchPage = async (
  db: Executor<SearchTables>,
  question: Question,
): Promise<{ readonly hits: readonly SearchHit[]; readonly complete: boolean }> => {
  const few = await pageOfFew(db, question)
  return few === 'too many'
    ? { hits: await pageOfMany(db, question), complete: false }
    : { hits: few, complete: true }
}

/** How many fit, in one statement. */
export const countFitting = async (db: Executor<SearchTables>, question: Question): Promise<number> => {
  const { rows } = await sql<{ count: number }>`${anew}
    select count(*)::integer as count from search_document as document ${joinOffers(question)}
    where ${fitsDocument(question)}`.execute(db)
  return rows[0]!.count
}
