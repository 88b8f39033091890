import { type Executor, keyset } from '@hilo/db'
import { type CursorKey, languageChain, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
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

/** A page of the synonyms of a language, or of all, in one statement. */
export const synonymPage = async (
  db: Executor<'search_synonym'>,
  page: {
    readonly locale: string | undefined
    readonly after: CursorKey | undefined
    readonly limit: number
  },
): Promise<Synonym[]> => {
  const { locale } = page
  const found = await keyset(locale === undefined ? rows(db) : rows(db).where('locale', '=', locale), {
    columns: [
      ['locale', 'asc'],
      ['id', 'asc'],
    ],
    ...page,
  }).execute()
  return found.map(toSynonym)
}

/** How many synonyms a language has, or all have. */
export const countSynonyms = async (
  db: Executor<'search_synonym'>,
  locale: string | undefined,
): Promise<number> => {
  const counted = db.selectFrom('search_synonym').select((eb) => eb.fn.countAll<bigint>().as('count'))
  const { count } = await (
    locale === undefined ? counted : counted.where('locale', '=', locale)
  ).executeTakeFirstOrThrow()
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
