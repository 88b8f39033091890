import type { Executor } from '@hilo/db'
import { type RawBuilder, sql } from 'kysely'
import type { SearchView } from '../engine.ts'
import { nearest } from '../nearest.ts'
import type { QueryWord } from '../query-words.ts'
import { stemsOf, SURFACES } from './language.ts'
import { isOnSale } from './on-sale.ts'
import { nameTerm } from './terms.ts'

/** A word of a query as the documents know it. */
export interface UnderstoodWord extends QueryWord {
  /** Other words of the documents that are written nearly so; none when this one is known. The likeliest first. */
  readonly corrections: readonly string[]
  /** `''` of a word that says nothing. */
  readonly stem: string
  /** True when longer words of the documents begin so, which then are found too. */
  readonly begins: boolean
}

/** A word of more documents is no secret, and each of its documents would be looked for. */
const COMMON = 1_000

/** SQL: some product that is seen from here says the word of this row of `search_word`, so that telling it tells nothing. */
export const isSeen = (
  { channelId, now, locale }: SearchView,
  word: RawBuilder<unknown>,
) => sql`(${word}.documents > ${sql.raw(String(COMMON))} or exists(
  select from search_document as document
  join search_offer as offer on offer.product_id = document.product_id and offer.channel_id = ${channelId}
    and ${isOnSale(now)}
  where document.locale = ${locale} and document.terms @@ to_tsquery(${SURFACES}, ${word}.word)))`

/** Words of the documents that are compared letter by letter. */
const CANDIDATES = 12

/** The shortest word that is looked up by its beginning; what is shorter begins too many. */
export const SHORTEST_PREFIX = 3

/** SQL: some word of the documents that begins as it was asked, as a range that an index of bytes serves. */
const beginning = (locale: string, operator: '~>=~' | '~>~') => sql`exists(
  select from search_word
  where search_word.locale = ${locale} and documents > 0
    and search_word.word ${sql.raw(operator)} asked.word and search_word.word ~<~ (asked.word || chr(1114111)))`

/**
 * What becomes of each word, in one statement: words that say nothing in this language (`the`) are left out where others
 * are left; what no document knows gets the words that are written nearly so.
 */
export const understand = async (
  db: Executor<'search_word' | 'search_document' | 'search_offer'>,
  view: SearchView,
  words: readonly QueryWord[],
): Promise<UnderstoodWord[]> => {
  if (words.length === 0) return []
  const { locale } = view
  const stems = stemsOf(locale)
  const { rows } = await sql<{ nth: number; stem: string; begins: boolean; corrections: string[] }>`
    select nth::integer, (asked.word like '% %' or ${beginning(locale, '~>~')}) as begins,
      coalesce((tsvector_to_array(to_tsvector(${stems}, asked.word)))[1], '') as stem,
      case when looked.known or asked.word like '% %' or length(asked.word) < 4 then '{}' else array(
        select near.word from (
          select word, documents, similarity(word, asked.word) as likeness from search_word
          where locale = ${locale} and word % asked.word and documents > 0 and word !~ '\\d'
          order by likeness desc, documents desc, word limit ${CANDIDATES}
        ) as near
        where ${isSeen(view, sql.ref('near'))}
        order by likeness desc, documents desc, word
      ) end as corrections
    from unnest(${words.map(({ word }) => word)}::text[]) with ordinality as asked (word, nth)
    cross join lateral (select exists(
      select from search_word
      where search_word.locale = ${locale} and documents > 0 and search_word.word = asked.word
    ) or exists(
      select from search_word
      where search_word.locale = ${locale} and documents > 0
        and stem = any(tsvector_to_array(to_tsvector(${stems}, asked.word)))
    ) or (length(asked.word) >= ${SHORTEST_PREFIX} and ${beginning(locale, '~>=~')}) as known) as looked
    order by nth`.execute(db)
  const understood = rows.map(({ nth, stem, begins, corrections }) => {
    const word = words[nth - 1]!
    return {
      ...word,
      stem,
      begins,
      corrections: nearest(word.word, corrections),
    }
  })
  const saying = understood.filter(({ stem, alternatives }) => stem !== '' || alternatives.length > 0)
  return saying.length > 0 ? saying : understood
}

/** The text that was probably meant, when a word had to be corrected. */
export const suggestionOf = (words: readonly UnderstoodWord[]): string | undefined =>
  words.some(({ corrections }) => corrections.length > 0)
    ? words.map(({ word, corrections }) => corrections[0] ?? word).join(' ')
    : undefined

const anded = (words: readonly string[]): string => words.join(' & ')

/** SQL: a query for words that are letters and digits alone, so that nothing in them is an operator. */
const asked = (config: ReturnType<typeof stemsOf>, expression: string) =>
  sql`to_tsquery(${config}, ${expression})`

/** SQL: what a word, its synonyms and its corrections are found by. `isLast`: it may still be being typed. */
const group = (
  locale: string,
  { word, alternatives, begins, corrections }: UnderstoodWord,
  { isLoose, isLast }: { readonly isLoose: boolean; readonly isLast: boolean },
) => {
  const stems = stemsOf(locale)
  const forms = [word.split(' '), ...alternatives, ...corrections.map((correction) => [correction])]
  const parts = forms.map((form) => asked(stems, anded(form)))
  const mayBegin = begins && (word.length >= SHORTEST_PREFIX || (isLast && word.length >= 2))
  const surfaces = anded(
    word
      .split(' ')
      .map((one, index, all) => (isLoose && mayBegin && index === all.length - 1 ? `${one}:*` : one)),
  )
  return sql`(${sql.join([...parts, asked(SURFACES, surfaces)], sql` || `)})`
}

/** SQL: the query that every result fits. Strict: without the words that only begin so, for telling results apart. */
export const queryOf = (locale: string, words: readonly UnderstoodWord[], isLoose: boolean) =>
  sql`(${sql.join(
    words.map((word, index) => group(locale, word, { isLoose, isLast: index === words.length - 1 })),
    sql` && `,
  )})`

/** SQL: what has every word in its name, whatever else stands for it. Words are letters and digits alone. */
export const nameQueryOf = (words: readonly UnderstoodWord[]) => {
  const groups = words.map(({ word, stem }) =>
    word.includes(' ')
      ? word.split(' ').map(nameTerm).join(' & ')
      : `(${nameTerm(word)} | ${nameTerm(stem || word)})`,
  )
  return sql`${groups.join(' & ')}::tsquery`
}
