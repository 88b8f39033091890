import type { DB, Executor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { SearchDocument, SearchTag } from '../document/search-document.ts'
import { wordsOf } from '../query-words.ts'
import { countWords } from './count-words.ts'
import { termsOf } from './terms.ts'
import { type Weighed, weigh } from './weighed.ts'
import { writeOffers } from './write-offers.ts'

/** The tables of the Postgres engine. */
export type SearchTables = Extract<keyof DB, `search_${string}`>

/** A name as it is compared with what is typed; longer ones nobody types. */
const nameKey = (name: string): string => wordsOf(name).join(' ').slice(0, 500)

const keyOf = ({ facet, value }: Pick<SearchTag, 'facet' | 'value'>): string => `${facet}\n${value}`

/** The facet of a channel in one language, so that one look into one index finds words, channel and language together. */
export const channelFacet = (locale: string): string => `channel:${locale}`

const tagsIn = (locale: string, { tags, offers }: SearchDocument): SearchTag[] => [
  ...tags,
  ...offers.map(({ channelId }) => ({ facet: channelFacet(locale), value: channelId, label: {} })),
]

/** The numbers of tags, new ones made; a label that is another now is written over. */
const tagIds = async (
  db: Executor<SearchTables>,
  tags: readonly SearchTag[],
): Promise<ReadonlyMap<string, number>> => {
  const unique = [...new Map(tags.map((tag) => [keyOf(tag), tag])).values()].toSorted((a, b) =>
    keyOf(a) < keyOf(b) ? -1 : 1,
  )
  const { rows } = await sql<{ id: number; facet: string; value: string }>`
    with given as materialized (
      select facet, value, label from unnest(
        ${unique.map(({ facet }) => facet)}::text[], ${unique.map(({ value }) => value)}::text[],
        ${unique.map(({ label }) => JSON.stringify(label))}::jsonb[]) as given (facet, value, label)
    ), written as (
      insert into search_tag (facet, value, label)
      select given.* from given
      left join search_tag as known on known.facet = given.facet and known.value = given.value
      where known.label is distinct from given.label
      order by given.facet, given.value
      on conflict (facet, value) do update set label = excluded.label
      returning id, facet, value
    )
    select id, facet, value from written
    union
    select id, facet, value from search_tag
    where (facet, value) in (select facet, value from given)`.execute(db)
  return new Map(rows.map((row) => [keyOf(row), row.id]))
}

interface Row extends Weighed {
  readonly productId: Uuid
  readonly createdAt: Date
  readonly name: string
  readonly tags: readonly number[]
}

/** Puts the documents of one language in. */
const writeLanguage = async (
  db: Executor<SearchTables>,
  locale: string,
  rows: readonly Row[],
): Promise<void> => {
  const stems = await countWords(db, { locale, productIds: rows.map(({ productId }) => productId), rows })
  await sql`
    insert into search_document (locale, product_id, created_at, name, name_key, tags, terms, words)
    select ${locale}, product_id, created_at, name, name_key, tags::integer[], terms::tsvector, words::text[]
    from unnest(
      ${rows.map(({ productId }) => productId)}::uuid[], ${rows.map(({ createdAt }) => createdAt)}::timestamptz[],
      ${rows.map(({ name }) => name)}::text[], ${rows.map(({ name }) => nameKey(name))}::text[],
      ${rows.map(({ tags }) => `{${tags.join(',')}}`)}::text[], ${rows.map((row) => termsOf(row, stems))}::text[],
      ${rows.map(({ words }) => `{${words.join(',')}}`)}::text[]
    ) as given (product_id, created_at, name, name_key, tags, terms, words)
    on conflict (locale, product_id) do update set created_at = excluded.created_at, name = excluded.name,
      name_key = excluded.name_key, tags = excluded.tags, terms = excluded.terms, words = excluded.words`.execute(
    db,
  )
}

const writeNumbers = async (
  db: Executor<SearchTables>,
  documents: readonly SearchDocument[],
): Promise<void> => {
  const rows = documents.flatMap(({ productId, numbers }) =>
    Object.entries(numbers).flatMap(([attribute, values]) =>
      values.map((value) => ({ productId, attribute, value })),
    ),
  )
  await sql`delete from search_number where product_id = any(${documents.map(({ productId }) => productId)}::uuid[])`.execute(
    db,
  )
  if (rows.length > 0)
    await sql`
      insert into search_number (attribute, value, product_id)
      select * from unnest(${rows.map(({ attribute }) => attribute)}::text[],
        ${rows.map(({ value }) => value)}::float8[], ${rows.map(({ productId }) => productId)}::uuid[])
      on conflict do nothing`.execute(db)
}

/** Takes documents out in languages that the shop no longer has, or all of them. */
export const dropDocuments = async (
  db: Executor<SearchTables>,
  productIds: readonly Uuid[],
  kept: readonly string[] = [],
): Promise<void> => {
  const { rows } = await sql<{ locale: string }>`
    select distinct locale from search_document
    where product_id = any(${productIds}::uuid[]) and locale <> all(${kept}::text[])`.execute(db)
  for (const { locale } of rows) {
    await countWords(db, { locale, productIds, rows: [] })
    await sql`
      delete from search_document
      where product_id = any(${productIds}::uuid[]) and locale = ${locale}`.execute(db)
  }
}

/** Puts documents in, in the order of their ids. One transaction for all of them is the caller's. */
export const indexDocuments = async (
  db: Executor<SearchTables>,
  given: readonly SearchDocument[],
): Promise<void> => {
  if (given.length === 0) return
  const documents = given.toSorted((a, b) => (a.productId < b.productId ? -1 : 1))
  const locales = [...new Set(documents.flatMap(({ texts }) => Object.keys(texts)))].sort()
  const ids = await tagIds(
    db,
    documents.flatMap((document) => locales.flatMap((locale) => tagsIn(locale, document))),
  )
  for (const locale of locales) {
    const rows = documents
      .filter(({ texts }) => texts[locale] !== undefined)
      .map((document) => {
        const tags = tagsIn(locale, document).map((tag) => ids.get(keyOf(tag))!)
        return {
          ...weigh(document, locale),
          productId: document.productId,
          createdAt: document.createdAt,
          name: document.texts[locale]!.name,
          tags: [...new Set(tags)].sort((a, b) => a - b),
        }
      })
    await writeLanguage(db, locale, rows)
  }
  await dropDocuments(
    db,
    documents.map(({ productId }) => productId),
    locales,
  )
  await writeNumbers(db, documents)
  await writeOffers(db, documents)
}
