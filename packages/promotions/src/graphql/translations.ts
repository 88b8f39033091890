import { registerTexts } from '@hilo/catalog/graphql'
import type { Context } from '@hilo/db'
import { COMMON, encodeId, err, type Localized, may, ok, reachOf, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { readablePromotion } from '../promotion-scope.ts'
import { updatePromotion } from '../update-promotion.ts'

/** A name in the language of the request. */
interface SaidName {
  readonly id: Uuid
  readonly text: string
  readonly ifVersion: number | null
  /** Its place in the request. */
  readonly index: number
}

/** Where in the request it is that a field of the promotion is refused. */
const PLACES: Readonly<Record<string, string>> = { name: 'text', ifVersion: 'ifVersion' }

const pathOf = ({ index }: SaidName, field = 'id') => ['translations', String(index), PLACES[field] ?? 'id']

/** Holds the promotions, in the order of ids as LOCKS.md has it, and tells what they are called. */
const holdNames = async (ctx: Context, ids: readonly Uuid[]) => {
  const rows = await ctx.db
    .selectFrom('promotion')
    .select(['id', 'name', 'version'])
    .where('id', '=', sql<Uuid>`any(${ids}::uuid[])`)
    .where(readablePromotion(reachOf(ctx.actor, 'promotions:read')))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return new Map(rows.map(({ id, ...row }) => [id, { ...row, name: row.name as Localized }]))
}

/**
 * Gives names of promotions a language, as `updatePromotion` does; counts those that are another now. Refuses what that
 * refuses, with its place in the request.
 */
const translateNames = async (
  ctx: Context,
  { locale, translations }: { readonly locale: string; readonly translations: readonly SaidName[] },
): Promise<Result<number>> => {
  const [first] = translations
  if (first && !may(ctx.actor, 'promotions:write'))
    return COMMON.refuse('FORBIDDEN', { permission: 'promotions:write' }, pathOf(first))
  const held = await holdNames(
    ctx,
    translations.map(({ id }) => id),
  )
  let count = 0
  for (const said of translations) {
    const { id, text, ifVersion } = said
    const now = held.get(id)
    if (!now)
      return COMMON.refuse('NOT_FOUND', { kind: 'promotion', id: encodeId('promotion', id) }, pathOf(said))
    if (now.name[locale] === text && (ifVersion ?? now.version) === now.version) continue
    const changed = await updatePromotion(ctx, { id, ifVersion, name: { ...now.name, [locale]: text } })
    if (!changed.ok) return err({ ...changed.error, path: pathOf(said, changed.error.path[0]) })
    count += 1
  }
  return ok(count)
}

registerTexts('promotion', {
  texts: (actor) => sql`
    select id, name as texts from promotion
    where status <> 'ARCHIVED' and ${readablePromotion(reachOf(actor, 'promotions:read'))}`,
  named: sql`
    select jsonb_build_array(name) as names, null::uuid as product_id, version from promotion where id = page.id`,
  translate: translateNames,
})
