import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { stemsOf } from './language.ts'

interface Change {
  readonly locale: string
  readonly productIds: readonly Uuid[]
  /** What the documents will say, each word once; none when they go. */
  readonly rows: readonly { readonly words: readonly string[] }[]
}

/**
 * Counts the words of documents that are about to be written in the place of what is there, and tells the stem of each,
 * which is `''` of a word that says nothing. In the order of the words, so that two who write do not wait for each other
 * in a circle.
 */
export const countWords = async (
  db: Executor<'search_document' | 'search_word'>,
  { locale, productIds, rows }: Change,
): Promise<ReadonlyMap<string, string>> => {
  const counts = new Map<string, number>()
  for (const word of rows.flatMap(({ words }) => words)) counts.set(word, (counts.get(word) ?? 0) + 1)
  const words = [...counts.keys()]
  const { rows: found } = await sql<{ word: string; stem: string }>`
    with change as (
      select word, sum(by)::integer as by from (
        select unnest(words) as word, -1 as by from search_document
        where locale = ${locale} and product_id = any(${productIds}::uuid[])
        union all
        select * from unnest(${words}::text[], ${[...counts.values()]}::integer[])
      ) as said
      group by word having sum(by) <> 0
    ), known as (
      select word, stem from search_word where locale = ${locale} and word = any(${words}::text[])
    ), counted as (
      insert into search_word (locale, word, stem, documents)
      select ${locale}, change.word,
        coalesce(known.stem, (tsvector_to_array(to_tsvector(${stemsOf(locale)}, change.word)))[1], ''), by
      from change left join known on known.word = change.word order by change.word
      on conflict (locale, word) do update set documents = search_word.documents + excluded.documents
      returning word, stem
    )
    select word, stem from counted union select word, stem from known`.execute(db)
  return new Map(found.map(({ word, stem }) => [word, stem]))
}

/** Takes away words that no document says any more. */
export const forgetWords = async (db: Executor<'search_word'>): Promise<void> => {
  await sql`delete from search_word where documents <= 0`.execute(db)
}
