import { compilePromotion, type NameLookup, promotionSummary, type PromotionDefinition } from '@hilo/pricing'
import { getLocale, type Locale } from '#lib/paraglide/runtime.js'
import type { PromotionDraft } from './draft.ts'

/**
 * A definition as people say it: the sentence that prices, carts and the list of promotions say too. `undefined` while
 * it lacks something, or cannot work.
 */
export const sentenceOf = (
  draft: PromotionDraft['definition'],
  names: NameLookup,
  locale: Locale = getLocale(),
): string | undefined => {
  if (!compilePromotion(draft).ok) return undefined
  const sentence = promotionSummary(draft as unknown as PromotionDefinition, names, locale)
  return sentence.charAt(0).toLocaleUpperCase(locale) + sentence.slice(1)
}
