import { read } from '#lib/api/read.ts'
import { need } from '#lib/shell/viewer.ts'
import { TranslationCoverage } from '#lib/translations/missing-texts.ts'
import type { LayoutLoad } from './$types'

/**
 * How much is done reads every text: it is asked when a language is chosen and after a change, and stays while pages and
 * kinds are turned.
 */
export const load: LayoutLoad = async (event) => {
  await need(event, 'catalog:read')
  const { languages } = await event.parent()
  const asked = event.url.searchParams.get('locale')
  const locale = asked && languages.includes(asked) ? asked : (languages[1] ?? languages[0]!)
  const { translationCoverage } = await read(event, TranslationCoverage, {})
  return { locale, coverage: translationCoverage.filter((each) => each.locale === locale) }
}
