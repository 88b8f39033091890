import { promotionSummary, type NameLookup, type PromotionDefinition } from '@hilo/pricing'
import { getLocale, type Locale } from '#lib/paraglide/runtime.js'
import type { NamedProduct, PromotionChoicesData } from './promotion.ts'

interface Names {
  readonly choices: PromotionChoicesData
  readonly products: readonly NamedProduct[]
}

interface Category {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly nameTexts: { readonly en: string | null; readonly es: string | null }
  readonly children?: readonly Category[]
}

const flat = (categories: readonly Category[]): Category[] =>
  categories.flatMap((category) => [category, ...flat(category.children ?? [])])

const textsOf = ({ nameTexts, name }: Pick<Category, 'name' | 'nameTexts'>) => ({
  en: nameTexts.en ?? name,
  ...(nameTexts.es ? { es: nameTexts.es } : {}),
})

/** The id of the category that a definition names by its id or its slug. */
export const categoryIdIn = ({ categories }: PromotionChoicesData, key: string): string =>
  flat(categories).find(({ id, slug }) => id === key || slug === key)?.id ?? key

/** A definition as people say it: the sentence that prices, carts and the list of promotions say too. */
export const sentenceOf = (
  definition: PromotionDefinition,
  { choices, products }: Names,
  locale: Locale = getLocale(),
): string => {
  const lookup: NameLookup = (kind, key) => {
    const same = ({ id, slug }: { readonly id: string; readonly slug: string }): boolean =>
      id === key || slug === key
    const named = { category: flat(choices.categories).find(same), product: products.find(same) }
    const coded = { channel: choices.channels, market: choices.markets }
    if (kind === 'category' || kind === 'product') return named[kind] && textsOf(named[kind])
    if (kind !== 'channel' && kind !== 'market') return undefined
    const name = coded[kind].find(({ code }) => code === key)?.name
    return name === undefined ? undefined : { [locale]: name }
  }
  const sentence = promotionSummary(definition, lookup, locale)
  return sentence.charAt(0).toLocaleUpperCase(locale) + sentence.slice(1)
}
