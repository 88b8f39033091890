import { appendEvents, changesBetween, type Context } from '@hilo/db'
import { canonicalLocale, COMMON, ok, type Result } from '@hilo/kernel'
import { CHANNELS } from './errors.ts'
import { SHOP_ID } from './shop-queries.ts'

/** Most languages of a shop. */
export const MAX_LANGUAGES = 50

/** What the change of the shop's languages is called in the log: what negotiates them forgets what it knew. */
export const SHOP_LANGUAGES_CHANGED = 'ShopLanguagesChanged.v1'

const { refuse } = CHANNELS

/**
 * Says in which languages the shop writes its texts, and which of them all others fall back to. Texts in a language that
 * is taken out stay, and are shown again when it comes back. Refuses tags that are none and a default that is not listed.
 */
export const setLanguages = async (
  ctx: Context,
  { locales, defaultLocale }: { readonly locales: readonly string[]; readonly defaultLocale: string },
): Promise<Result<{ readonly locales: readonly string[] }>> => {
  const tags = locales.map(canonicalLocale)
  const bad = tags.indexOf(undefined)
  if (bad !== -1) {
    const locale = locales[bad]!.slice(0, 35).toWellFormed()
    return refuse('LANGUAGE_INVALID', { locale }, ['locales', String(bad)])
  }
  const after = {
    locales: [...new Set(tags as string[])],
    defaultLocale: canonicalLocale(defaultLocale) ?? '',
  }
  if (after.locales.length > MAX_LANGUAGES) {
    const reason = { en: `At most ${MAX_LANGUAGES} languages.`, es: `Como máximo ${MAX_LANGUAGES} idiomas.` }
    return COMMON.refuse('INVALID_INPUT', { reason }, ['locales'])
  }
  if (!after.locales.includes(after.defaultLocale)) {
    return refuse('LANGUAGE_NOT_LISTED', { locale: defaultLocale.slice(0, 35).toWellFormed() }, [
      'defaultLocale',
    ])
  }
  const before = await ctx.db
    .selectFrom('shop')
    .select(['locales', 'default_locale'])
    .forUpdate()
    .executeTakeFirst()
  if (!before) return COMMON.refuse('NOT_FOUND', { kind: 'shop', id: '' }, [])
  await ctx.db
    .updateTable('shop')
    .set({ locales: after.locales, default_locale: after.defaultLocale })
    .execute()
  await appendEvents(ctx, [
    {
      aggregate: 'shop',
      aggregateId: SHOP_ID,
      type: SHOP_LANGUAGES_CHANGED,
      payload: after,
      permission: 'settings:write',
      changed: changesBetween({ locales: before.locales, defaultLocale: before.default_locale }, after),
    },
  ])
  return ok({ locales: after.locales })
}
