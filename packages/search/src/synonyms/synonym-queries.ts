import { containing, type Executor, keyset } from '@hilo/db'
import { type CursorKey, languageChain, type Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import { type Expansion, runsOf } from '../query-words.ts'
import { expansionsOf, type Synonym } from './synonym.ts'

const rows = (db: Executor<'search_synonym'>) =>
  db.selectFrom('search_synonym').select(['id', 'locale', 'kind', 'terms', 'replacements', 'version'])

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number]

const toSynonym = (row: Row): Synonym => ({ ...row, kind: row.kind as Synonym['kind'] })

/** The synonyms with these ids. */
export const synonymsByIds = async (
  db: Executor<'search_synonym'>,
  ids: readonly Uuid[],
): Promise<Synonym[]> => (await rows(db).where('id', 'in', ids).execute()).map(toSynonym)

/** Which synonyms are listed. */
export interface SynonymFilter {
  readonly locale: string | undefined
  /** A part of one of the words. */
  readonly search?: string | null | undefined
}

const fits = ({ locale, search }: SynonymFilter): RawBuilder<SqlBool> => {
  const pattern = search?.trim() ? containing(search) : undefined
  return sql`${locale === undefined ? sql`true` : sql`locale = ${locale}`}
    and ${pattern ? sql`array_to_string(terms || replacements, E'\n') ilike ${pattern}` : sql`true`}`
}

/** A page of synonyms by language, in one statement. */
export const synonymPage = async (
  db: Executor<'search_synonym'>,
  {
    after,
    limit,
    ...filter
  }: SynonymFilter & { readonly after: CursorKey | undefined; readonly limit: number },
): Promise<Synonym[]> => {
  const found = await keyset(rows(db).where(fits(filter)), {
    columns: [
      ['locale', 'asc'],
      ['id', 'asc'],
    ],
    after,
    limit,
  }).execute()
  return found.map(toSynonym)
}

/** How many synonyms are listed. */
export const countSynonyms = async (
  db: Executor<'search_synonym'>,
  filter: SynonymFilter,
): Promise<number> => {
  const { count } = await db
    .selectFrom('search_synonym')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where(fits(filter))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What the words of a query stand for in a language and the wider ones, in one statement. */
export const expansionsFor = async (
  db: Executor<'search_synonym'>,
  locale: string,
  words: readonly string[],
): Promise<Expansion[]> => {
  if (words.length === 0) return []
  const found = await rows(db)
    .where('locale', 'in', languageChain([locale]))
    .where(sql<boolean>`keys && ${runsOf(words)}::text[]`)
    .orderBy('id')
    .limit(100)
    .execute()
  return found.map(toSynonym).flatMap(expansionsOf)
}
