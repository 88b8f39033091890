import type { Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { stemsOf } from './language.ts'

interface Change {
  readonly locale: string
  readonly productIds: readonly Uuid[]
  /** What the documents will say; none when they go. Words as a JSON array. */
  readonly rows: readonly { readonly words: string }[]
}

/**
 * Counts the words of documents that are about to be written in the place of what is there. In the order of the words, so
 * that two who write do not wait for each other in a circle.
 */
export const countWords = async (
  db: Executor<'search_document' | 'search_word'>,
  { locale, productIds, rows }: Change,
): Promise<void> => {
  await sql`
    with change as (
      select word, sum(by)::integer as by from (
        select unnest(words) as word, -1 as by from search_document
        where locale = ${locale} and product_id = any(${productIds}::uuid[])
        union all
        select jsonb_array_elements_text(words), 1 from unnest(${rows.map(({ words }) => words)}::jsonb[]) as given (words)
      ) as said
      group by word having sum(by) <> 0
    )
    insert into search_word (locale, word, stem, documents)
    select ${locale}, word, coalesce((tsvector_to_array(to_tsvector(${stemsOf(locale)}, word)))[1], ''), by
    from change order by word
    on conflict (locale, word) do update set documents = search_word.documents + excluded.documents`.execute(
    db,
  )
}

/** Takes away words that no document says any more. */
export const forgetWords = async (db: Executor<'search_word'>): Promise<void> => {
  await sql`delete from search_word where documents <= 0`.execute(db)
}
