import { appendEvents, changesBetween, type Context, waitTurn } from '@hilo/db'
import { readShop } from '@hilo/channels'
import { COMMON, encodeId, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { SEARCH } from '../errors.ts'
import { checkTerms, keyOf, type Synonym } from './synonym.ts'
import { countSynonyms } from './synonym-queries.ts'

/** What is said of a new synonym. */
export type NewSynonym = Pick<Synonym, 'locale' | 'kind' | 'terms' | 'replacements'>

/** What becomes another of a synonym; its language and kind stay. */
export interface SynonymChange {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
  readonly terms?: readonly string[] | null | undefined
  readonly replacements?: readonly string[] | null | undefined
}

const MAX_SYNONYMS = 5_000

const event = (
  type: 'SearchSynonymCreated.v1' | 'SearchSynonymUpdated.v1' | 'SearchSynonymDeleted.v1',
  { id, locale, kind }: Pick<Synonym, 'id' | 'locale' | 'kind'>,
  changed?: ReturnType<typeof changesBetween>,
) => ({
  aggregate: 'searchSynonym',
  aggregateId: id,
  type,
  payload: { synonymId: id, locale, kind },
  permission: 'catalog:write' as const,
  ...(changed && { changed }),
})

const columnsOf = ({ terms, replacements }: Pick<Synonym, 'terms' | 'replacements'>, at: Date) => ({
  terms: [...terms],
  replacements: [...replacements],
  keys: terms.map(keyOf),
  updated_at: at,
})

/** Adds a synonym; results follow at once. */
export const createSynonym = async (
  ctx: Context,
  given: NewSynonym,
): Promise<Result<{ readonly synonymId: Uuid }>> => {
  const terms = checkTerms(given)
  if (!terms.ok) return terms
  const locale = given.locale.slice(0, 35).toWellFormed()
  const shop = await readShop(ctx.db)
  if (!shop?.locales.includes(given.locale))
    return SEARCH.refuse('SYNONYM_LANGUAGE_UNKNOWN', { locale }, ['locale'])
  await waitTurn(ctx.db, 'search_synonym')
  if ((await countSynonyms(ctx.db, { locale })) >= MAX_SYNONYMS)
    return SEARCH.refuse('TOO_MANY_SYNONYMS', { max: MAX_SYNONYMS }, [])
  const id = newId()
  const { kind } = given
  await ctx.db
    .insertInto('search_synonym')
    .values({ id, locale, kind, ...columnsOf(terms.value, ctx.now()) })
    .execute()
  await appendEvents(ctx, [event('SearchSynonymCreated.v1', { id, locale, kind })])
  return ok({ synonymId: id })
}

const hold = async (
  ctx: Context,
  { id, ifVersion }: Pick<SynonymChange, 'id' | 'ifVersion'>,
): Promise<Result<Synonym>> => {
  const row = await ctx.db
    .selectFrom('search_synonym')
    .select(['id', 'locale', 'kind', 'terms', 'replacements', 'version'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row)
    return COMMON.refuse('NOT_FOUND', { kind: 'searchSynonym', id: encodeId('searchSynonym', id) }, ['id'])
  if (ifVersion != null && ifVersion !== row.version)
    return COMMON.refuse('VERSION_CONFLICT', { current: row.version }, ['ifVersion'])
  return ok({ ...row, kind: row.kind as Synonym['kind'] })
}

/** Changes the terms of a synonym. */
export const updateSynonym = async (
  ctx: Context,
  change: SynonymChange,
): Promise<Result<{ readonly synonymId: Uuid }>> => {
  const held = await hold(ctx, change)
  if (!held.ok) return held
  const before = held.value
  const after = checkTerms({
    kind: before.kind,
    terms: change.terms ?? before.terms,
    replacements: change.replacements ?? before.replacements,
  })
  if (!after.ok) return after
  const changed = changesBetween(
    { terms: [...before.terms], replacements: [...before.replacements] },
    { terms: [...after.value.terms], replacements: [...after.value.replacements] },
  )
  if (Object.keys(changed).length === 0) return ok({ synonymId: before.id })
  await ctx.db
    .updateTable('search_synonym')
    .set({ ...columnsOf(after.value, ctx.now()), version: before.version + 1 })
    .where('id', '=', before.id)
    .execute()
  await appendEvents(ctx, [event('SearchSynonymUpdated.v1', before, changed)])
  return ok({ synonymId: before.id })
}

/** Takes a synonym away. */
export const deleteSynonym = async (
  ctx: Context,
  { id, ifVersion }: Pick<SynonymChange, 'id' | 'ifVersion'>,
): Promise<Result<{ readonly synonymId: Uuid }>> => {
  const held = await hold(ctx, { id, ifVersion })
  if (!held.ok) return held
  await ctx.db.deleteFrom('search_synonym').where('id', '=', id).execute()
  await appendEvents(ctx, [event('SearchSynonymDeleted.v1', held.value)])
  return ok({ synonymId: id })
}
