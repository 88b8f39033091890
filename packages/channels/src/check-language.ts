import type { Context } from '@hilo/db'
import { ok, type Result } from '@hilo/kernel'
import { CHANNELS } from './errors.ts'
import { readShop } from './shop-queries.ts'

/** Refuses a language that is not one of the shop's, `LANGUAGE_NOT_LISTED`. */
export const checkLanguage = async (
  { db }: Pick<Context, 'db'>,
  locale: string,
  path: readonly string[],
): Promise<Result<null>> => {
  const shop = await readShop(db)
  return !shop || shop.locales.includes(locale)
    ? ok(null)
    : CHANNELS.refuse('LANGUAGE_NOT_LISTED', { locale }, path)
}
