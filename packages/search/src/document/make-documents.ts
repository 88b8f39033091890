import { encodeId, languageChain, type Localized, localize, type Uuid } from '@hilo/kernel'
import type { ProductOffers } from '../engine.ts'
import type { ChoiceRow, Facts, PlaceRow, ProductRow, ValueRow, VariantRow } from './read-facts.ts'
import type { DocumentTexts, SearchDocument, SearchTag } from './search-document.ts'

interface Parts {
  readonly product: ProductRow
  readonly variants: readonly VariantRow[]
  readonly values: readonly ValueRow[]
  readonly categories: readonly PlaceRow[]
  readonly collections: readonly PlaceRow[]
  readonly choices: readonly ChoiceRow[]
}

/** Longer values are texts to read, not values to count. */
const MAX_VALUE = 200

const valueOf = ({ text, boolean, refProduct, refCategory }: ValueRow): string | null =>
  text ??
  (boolean === null ? null : String(boolean)) ??
  (refProduct && encodeId('product', refProduct)) ??
  (refCategory && encodeId('category', refCategory))

/** A facet is told by a value that can be counted; what is measured is told by its bounds. */
const valueTag = (row: ValueRow): SearchTag[] => {
  const value = valueOf(row)
  if (!row.filterable || value === null || value.length > MAX_VALUE || row.texts !== null) return []
  return [{ facet: `attribute:${row.code}`, value, label: row.label ?? {} }]
}

const tagsOf = ({ product, values, categories, collections, choices }: Parts): SearchTag[] => [
  ...(product.type === null
    ? []
    : [{ facet: 'productType', value: product.type, label: product.typeName ?? {} }]),
  ...categories.map(({ id, name }) => ({ facet: 'category', value: id, label: name })),
  ...collections.map(({ id, name }) => ({ facet: 'collection', value: id, label: name })),
  ...values.flatMap(valueTag),
  ...choices.map(({ option, value, name }) => ({ facet: `option:${option}`, value, label: name })),
]

const unique = (tags: readonly SearchTag[]): SearchTag[] => [
  ...new Map(tags.map((tag) => [`${tag.facet}\n${tag.value}`, tag])).values(),
]

const numbersOf = (values: readonly ValueRow[]): Record<string, number[]> => {
  const numbers: Record<string, number[]> = {}
  for (const { code, filterable, number, day } of values) {
    const value = number ?? day
    if (filterable && value !== null) (numbers[code] ??= []).push(value)
  }
  for (const [code, own] of Object.entries(numbers)) numbers[code] = [...new Set(own)].sort((a, b) => a - b)
  return numbers
}

/** Files and colours are no words. */
const SPOKEN: ReadonlySet<string> = new Set(['TEXT', 'RICH_TEXT', 'CHOICE', 'MULTI_CHOICE'])

const plain = (html: string): string => html.replace(/<[^>]*>/g, ' ')

const textsIn = (
  language: readonly string[],
  { product, variants, values, categories, choices }: Parts,
): DocumentTexts => {
  const say = (text: Localized | null): string =>
    text ? localize(text, { locale: 'en', languages: language }) : ''
  const spoken = values.filter(({ kind }) => SPOKEN.has(kind))
  const isShort = ({ kind }: ValueRow): boolean => kind !== 'RICH_TEXT'
  const said = (value: ValueRow): string => say(value.label) || say(value.texts) || (value.text ?? '')
  const keywords = [
    ...spoken.filter(isShort).map(said),
    ...choices.map(({ name }) => say(name)),
    ...categories.map(({ name }) => say(name)),
    ...variants.map(({ name }) => say(name)),
    say(product.typeName),
  ]
  const long = spoken.filter((value) => !isShort(value)).map(said)
  return {
    name: say(product.name),
    keywords: [...new Set(keywords)].filter(Boolean).join(' · '),
    description: plain([say(product.description), ...long].filter(Boolean).join(' · ')),
  }
}

/** Documents out of what was read; of a product that is published nowhere there is none. */
export const makeDocuments = (facts: Facts, offers: readonly ProductOffers[]): SearchDocument[] => {
  const shop = facts.shop[0] ?? { locales: ['en'], defaultLocale: 'en' }
  const byProduct = <Row extends { readonly productId: Uuid }>(rows: readonly Row[]) => {
    const groups = Map.groupBy(rows, ({ productId }) => productId)
    return (id: Uuid): readonly Row[] => groups.get(id) ?? []
  }
  const variantsOf = byProduct(facts.variants)
  const valuesOf = byProduct(facts.values)
  const categoriesOf = byProduct(facts.categories)
  const collectionsOf = byProduct(facts.collections)
  const choicesOf = byProduct(facts.choices)
  const offersOf = new Map(offers.map(({ productId, offers: own }) => [productId, own]))
  return facts.products.flatMap((product) => {
    const own = offersOf.get(product.id) ?? []
    if (own.length === 0) return []
    const parts: Parts = {
      product,
      variants: variantsOf(product.id),
      values: valuesOf(product.id),
      categories: categoriesOf(product.id),
      collections: collectionsOf(product.id),
      choices: choicesOf(product.id),
    }
    const texts = shop.locales.map(
      (locale) => [locale, textsIn(languageChain([locale, shop.defaultLocale]), parts)] as const,
    )
    return [
      {
        productId: product.id,
        createdAt: new Date(product.createdAt),
        codes: parts.variants.flatMap(({ sku, barcodes }) => [sku, ...barcodes]),
        texts: Object.fromEntries(texts),
        tags: unique(tagsOf(parts)),
        numbers: numbersOf(parts.values),
        offers: own,
      },
    ]
  })
}
