import { hasText, type Texts } from '#lib/editing/texts.ts'
import { m } from '#lib/paraglide/messages.js'
import type { Definition } from './attribute-fields.ts'
import type { ValuesDraft } from './attribute-values.ts'
import type { ProductDraft } from './draft.ts'
import type { ProductData } from './product.ts'

/** How much of a product is there in a language. */
export interface Coverage {
  readonly locale: string
  readonly done: number
  readonly total: number
  /** Names of the texts that are missing. */
  readonly missing: readonly string[]
}

/** A text of a product, with what people call it. */
export interface NamedText {
  readonly name: string
  readonly texts: Texts
}

/** What the parts of a product are called. */
export interface PartNames {
  readonly name: string
  readonly description: string
  readonly seoTitle: string
  readonly seoDescription: string
}

interface Sources {
  readonly product: Pick<ProductData, 'options'>
  readonly definitions: { readonly product: readonly Definition[]; readonly variant: readonly Definition[] }
  readonly names: PartNames
}

const ofTexts = (texts: ProductData['options'][number]['nameTexts']): Texts =>
  Object.fromEntries(texts.translations.map(({ locale, text }) => [locale, text]))

/** What is said by localised attributes. */
const saidTexts = (definitions: readonly Definition[], values: ValuesDraft): readonly NamedText[] =>
  definitions
    .filter(({ localized }) => localized)
    .map(({ name, code }) => ({ name, texts: (values[code] ?? {}) as Texts }))

/**
 * Every text of a product that says something: its own, those of its attributes, its options with their values, and its
 * variants on sale.
 */
export const textsOfProduct = (
  draft: ProductDraft,
  { product, definitions, names }: Sources,
): readonly NamedText[] =>
  [
    { name: names.name, texts: draft.name },
    { name: names.description, texts: draft.description },
    { name: names.seoTitle, texts: draft.seo.title },
    { name: names.seoDescription, texts: draft.seo.description },
    ...saidTexts(definitions.product, draft.attributes),
    ...product.options.flatMap(({ name, nameTexts, values }) => [
      { name, texts: ofTexts(nameTexts) },
      ...values.map((value) => ({ name: `${name}: ${value.name}`, texts: ofTexts(value.nameTexts) })),
    ]),
    ...Object.values(draft.variants)
      .filter(({ on }) => on)
      .flatMap(({ sku, name, attributes }) => [
        { name: sku, texts: name },
        ...saidTexts(definitions.variant, attributes).map((said) => ({
          ...said,
          name: `${sku}: ${said.name}`,
        })),
      ]),
  ].filter(({ texts }) => hasText(texts))

/** How much of these texts is there in each language. */
export const coverageOf = (texts: readonly NamedText[], languages: readonly string[]): Coverage[] =>
  languages.map((locale) => {
    const missing = texts.filter((text) => !text.texts[locale]?.trim()).map(({ name }) => name)
    return { locale, done: texts.length - missing.length, total: texts.length, missing }
  })

/** What the parts of a product are called in the language of the page. */
export const partNames = (): PartNames => ({
  name: m.product_name(),
  description: m.product_description(),
  seoTitle: m.seo_page_title(),
  seoDescription: m.seo_description(),
})
