import { type RawBuilder, sql } from 'kysely'
import type { SearchFilter, SearchQuery } from '../engine.ts'
import { isOnSale } from './on-sale.ts'
import { nameQueryOf, queryOf, type UnderstoodWord } from './understand.ts'
import { codeTerm } from './weighed.ts'

/** What a statement looks for: the query with its words understood, and the numbers of its tags. */
export interface Question extends Omit<SearchQuery, 'words'> {
  readonly words: readonly UnderstoodWord[]
  /** Of the channel first, then of each facet of the filter: one of its numbers must be met; without any nothing is. */
  readonly tags: readonly { readonly facet: string; readonly ids: readonly number[] }[]
}

/** False when no document can have what is asked. */
export const mayFit = ({ tags }: Question): boolean => tags.every(({ ids }) => ids.length > 0)

/** A code typed whole: quoted as tsquery wants, in which only apostrophes and backslashes mean something. */
const codeQuery = (text: string): RawBuilder<unknown> =>
  sql`${`'${codeTerm(text).replaceAll('\\', '\\\\').replaceAll("'", "''")}'`}::tsquery`

/** A code is shorter. */
const LONGEST_CODE = 200

const isCode = (text: string): boolean => text.length <= LONGEST_CODE && codeTerm(text) !== '='

/** SQL: the row is what the text asks for. Nothing fits a text without a word in it. */
const fitsText = ({ text, words, locale }: Question): RawBuilder<unknown>[] => {
  if (text.trim() === '') return []
  const ways = [
    ...(words.length > 0 ? [queryOf(locale, words, true)] : []),
    ...(isCode(text) ? [codeQuery(text)] : []),
  ]
  return ways.length === 0 ? [sql`false`] : [sql`document.terms @@ (${sql.join(ways, sql` || `)})`]
}

/** SQL: the row of `document` fits all of the filter that stands in documents. */
const fitsFilter = ({ tags, filter }: Question): RawBuilder<unknown> => {
  const tagIds = tags.map(({ ids }) => ids)
  const single = tagIds.filter((ids) => ids.length === 1).flat()
  const parts = [
    sql`document.tags @> ${`{${single.join(',')}}`}::integer[]`,
    ...tagIds
      .filter((ids) => ids.length !== 1)
      .map((ids) => sql`document.tags && ${`{${ids.join(',')}}`}::integer[]`),
    ...(filter.ranges ?? []).map(
      ({ attribute, least = -Infinity, most = Infinity }) => sql`document.product_id in (
        select product_id from search_number
        where attribute = ${attribute} and value between ${least}::float8 and ${most}::float8)`,
    ),
  ]
  return sql.join(parts, sql` and `)
}

/** SQL: the row of `document` fits the text and all of the filter that stands in documents. */
export const fitsDocument = (question: Question): RawBuilder<unknown> =>
  sql.join([fitsFilter(question), ...fitsText(question)], sql` and `)

/** SQL: the row of `offer` is on sale in the channel now and costs what was asked. */
export const fitsOffer = ({ channelId, now, filter }: Question): RawBuilder<unknown> => {
  const { price, available }: SearchFilter = filter
  const parts = [
    sql`offer.channel_id = ${channelId}`,
    isOnSale(now),
    ...(price?.least === undefined ? [] : [sql`offer.amount_minor >= ${price.least}::bigint`]),
    ...(price?.most === undefined ? [] : [sql`offer.amount_minor <= ${price.most}::bigint`]),
    ...(available === undefined ? [] : [sql`offer.available = ${available}`]),
  ]
  return sql.join(parts, sql` and `)
}

/** Above everything that `ts_rank` can say, which is below one. */
const MILLION = 1_000_000

/** SQL: the row of `document` has the code, or exactly the name, that was typed. */
const isNamed = (words: readonly UnderstoodWord[]) =>
  sql`document.name_key = ${words.map(({ word }) => word).join(' ')}`

/**
 * SQL: how well a row of `document` fits, as a whole number: its code is typed, its name is, then by where the words stand;
 * whole words before those that only begin so.
 */
export const scoreOf = ({ text, words, locale, sort }: Question): RawBuilder<unknown> => {
  if (sort.by !== 'RELEVANCE' || text.trim() === '') return sql`0::bigint`
  const weights = sql.raw(`'{0.05, 0.2, 0.4, 1}'::real[]`)
  const whole = queryOf(locale, words, false)
  const given = (fits: RawBuilder<unknown>, points: number) =>
    sql`case when ${fits} then ${sql.raw(String(points))} else 0 end`
  const parts = [
    ...(isCode(text) ? [given(sql`document.terms @@ ${codeQuery(text)}`, 10 * MILLION)] : []),
    ...(words.length === 0
      ? []
      : [
          given(isNamed(words), 5 * MILLION),
          sql`case when document.terms @@ ${whole}
            then ${sql.raw(String(MILLION))} * (1 + ts_rank(${weights}, document.terms, ${whole}, 1))
            else ${sql.raw(String(MILLION))} * ts_rank(${weights}, document.terms, ${queryOf(locale, words, true)}, 1) end`,
        ]),
  ]
  return parts.length === 0 ? sql`0::bigint` : sql`(${sql.join(parts, sql` + `)})::bigint`
}

/**
 * SQL: of a question that very much fits, what must not be missed whatever else is looked at. Each of it fits the text,
 * which need not be asked again.
 */
export const fitsBest = (question: Question): RawBuilder<unknown>[] => {
  const { words, locale, text } = question
  const fits = fitsFilter(question)
  return [
    ...(isCode(text) ? [sql`${fits} and document.terms @@ ${codeQuery(text)}`] : []),
    ...(words.length > 0
      ? [
          sql`${fits} and document.locale = ${locale} and ${isNamed(words)}`,
          sql`${fits} and document.terms @@ ${nameQueryOf(words)}`,
        ]
      : []),
  ]
}
