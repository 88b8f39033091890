import { type Texts, textsOf } from '#lib/editing/texts.ts'
import { amountText } from '#lib/format/money.ts'
import type { ProductChoicesData, ProductData } from './product.ts'

/** A row of a price list, as its field has it. Empty: not sold by this list from this quantity. */
export type PriceDraft = { listId: string; minQuantity: number; amount: string }

/** A variant while it is edited. Prices by list and quantity, stock on hand by location. */
export type VariantDraft = {
  sku: string
  name: Texts
  prices: Record<string, PriceDraft>
  stock: Record<string, string>
}

/** A product while it is edited: texts as typed. */
export type ProductDraft = {
  slug: string
  name: Texts
  description: Texts
  taxClass: ProductData['taxClass']
  status: ProductData['status']
  categoryIds: string[]
  channelIds: string[]
  variants: Record<string, VariantDraft>
}

/** The name of a price row in a draft. */
export const priceKey = (listId: string, minQuantity: number): string => `${listId}@${minQuantity}`

const idsOf = (things: readonly { readonly id: string }[]): string[] => things.map(({ id }) => id).sort()

type VariantData = ProductData['variants'][number]

type Places = Pick<ProductChoicesData, 'priceLists' | 'locations'>

const variantDraftOf = (
  { sku, nameTexts, prices, stock }: VariantData,
  { priceLists, locations }: Places,
): VariantDraft => ({
  sku,
  name: textsOf(nameTexts),
  // Every list has a row for one piece and every location a row, filled in or not.
  prices: Object.fromEntries([
    ...priceLists.map(({ id }) => [priceKey(id, 1), { listId: id, minQuantity: 1, amount: '' }] as const),
    ...(prices ?? []).map(
      ({ priceList: { id }, minQuantity, amount }) =>
        [priceKey(id, minQuantity), { listId: id, minQuantity, amount: amountText(amount.decimal) }] as const,
    ),
  ]),
  stock: Object.fromEntries([
    ...locations.map(({ id }) => [id, ''] as const),
    ...(stock ?? []).map(({ location, onHand }) => [location.id, String(onHand)] as const),
  ]),
})

/** The product as its editor begins. */
export const draftOf = (product: ProductData, places: Places): ProductDraft => ({
  slug: product.slug,
  name: textsOf(product.nameTexts),
  description: textsOf(product.descriptionTexts),
  taxClass: product.taxClass,
  status: product.status,
  categoryIds: idsOf(product.categories),
  channelIds: idsOf(product.channels ?? []),
  variants: Object.fromEntries(
    product.variants.map((variant) => [variant.id, variantDraftOf(variant, places)]),
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
