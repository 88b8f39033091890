import type { PublicationDraft } from '#lib/collections/draft.ts'
import { type Texts, textsOf } from '#lib/editing/texts.ts'
import { wallClock } from '#lib/format/day.ts'
import { type SeoDraft, seoDraftOf } from '#lib/seo/seo.ts'
import { type ValuesDraft, valuesOf } from './attribute-values.ts'
import { type ProductChoicesData, type ProductData, variantsOf } from './product.ts'
import { type VariantDraft, variantDraftOf } from './variant-draft.ts'

/** How one product stands to another, in the order in which it is shown. */
export const RELATION_KINDS = ['CROSS_SELL', 'UP_SELL', 'ACCESSORY', 'SIMILAR', 'SPARE_PART'] as const

/** How one product stands to another. */
export type RelationKind = (typeof RELATION_KINDS)[number]

/** A product while it is edited: texts as typed. */
export type ProductDraft = {
  slug: string
  name: Texts
  description: Texts
  taxClass: ProductData['taxClass']
  status: ProductData['status']
  /** Empty: it has no type. */
  productTypeId: string
  attributes: ValuesDraft
  seo: SeoDraft
  categoryIds: string[]
  publications: Record<string, PublicationDraft>
  related: Record<RelationKind, string[]>
  variants: Record<string, VariantDraft>
}

interface Reading {
  readonly choices: Pick<ProductChoicesData, 'channels' | 'priceLists' | 'locations'>
  readonly timeZone: string
}

const publicationsOf = ({ publications }: ProductData, { choices, timeZone }: Reading) => {
  const wall = (iso: string | null | undefined): string => (iso ? wallClock(iso, timeZone) : '')
  return Object.fromEntries(
    choices.channels.map(({ id }): [string, PublicationDraft] => {
      const found = publications?.find(({ channel }) => channel?.id === id)
      return [id, { on: !!found, from: wall(found?.publishedFrom), until: wall(found?.publishedUntil) }]
    }),
  )
}

/** The product as its editor begins. */
export const draftOf = (product: ProductData, reading: Reading): ProductDraft => ({
  slug: product.slug,
  name: textsOf(product.nameTexts),
  description: textsOf(product.descriptionTexts),
  taxClass: product.taxClass,
  status: product.status,
  productTypeId: product.productType?.id ?? '',
  attributes: valuesOf(product.attributes),
  seo: seoDraftOf(product.seo),
  categoryIds: product.categories.map(({ id }) => id).sort(),
  publications: publicationsOf(product, reading),
  related: Object.fromEntries(
    RELATION_KINDS.map((kind) => [kind, product[kind].map(({ id }) => id)]),
  ) as ProductDraft['related'],
  variants: Object.fromEntries(
    variantsOf(product).map((variant) => [variant.id, variantDraftOf(variant, reading.choices)]),
  ),
})

/** The draft without rows of prices that were added and left empty. */
export const withoutBlankRows = (draft: ProductDraft, base: ProductDraft): ProductDraft => ({
  ...draft,
  variants: Object.fromEntries(
    Object.entries(draft.variants).map(([id, variant]) => [
      id,
      {
        ...variant,
        prices: Object.fromEntries(
          Object.entries(variant.prices).filter(
            ([key, { amount }]) => amount.trim() !== '' || base.variants[id]?.prices[key],
          ),
        ),
      },
    ]),
  ),
})
