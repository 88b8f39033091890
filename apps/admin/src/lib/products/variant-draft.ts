import { type Texts, textsOf } from '#lib/editing/texts.ts'
import { amountText } from '#lib/format/money.ts'
import { percentText } from '#lib/format/percent.ts'
import { type ValuesDraft, valuesOf } from './attribute-values.ts'
import { type GoodsDraft, goodsDraftOf } from './goods.ts'
import type { ProductChoicesData, VariantData } from './product.ts'

/** A row of a price list, as its field has it. Empty: not sold by this list from this quantity. */
export type PriceDraft = { listId: string; minQuantity: number; amount: string }

/** A code that stands on goods. */
export type BarcodeDraft = { code: string; kind: VariantData['barcodes'][number]['kind'] }

/** A part of a bundle; the quantity as typed. */
export type ComponentDraft = { variantId: string; sku: string; name: string; quantity: string }

/** What buyers can download; numbers as typed. */
export type FileDraft = {
  name: string
  mediaType: string
  body: string
  storageKey: string
  assetId: string
  maxDownloads: string
  days: string
}

/** A variant while it is edited. Prices by list and quantity, stock on hand by location. */
export type VariantDraft = {
  sku: string
  name: Texts
  /** On sale, and not in the archive. */
  on: boolean
  attributes: ValuesDraft
  prices: Record<string, PriceDraft>
  stock: Record<string, string>
  barcodes: BarcodeDraft[]
  goods: GoodsDraft
  components: ComponentDraft[]
  /** Percent less than its parts together; empty: a bundle has prices of its own. */
  reduction: string
  files: FileDraft[]
}

/** The name of a price row in a draft. */
export const priceKey = (listId: string, minQuantity: number): string => `${listId}@${minQuantity}`

type Places = Pick<ProductChoicesData, 'priceLists' | 'locations'>

const filesOf = ({ digitalFiles }: VariantData): FileDraft[] =>
  (digitalFiles ?? []).map(({ asset, maxDownloads, days, ...file }) => ({
    name: file.name,
    mediaType: file.mediaType,
    body: file.body ?? '',
    storageKey: file.storageKey ?? '',
    assetId: asset?.id ?? '',
    maxDownloads: String(maxDownloads),
    days: String(days),
  }))

/** The variant as its editor begins. */
export const variantDraftOf = (variant: VariantData, { priceLists, locations }: Places): VariantDraft => ({
  sku: variant.sku,
  name: textsOf(variant.nameTexts),
  on: !variant.archivedAt,
  attributes: valuesOf(variant.attributes),
  // Every list has a row for one piece and every location a row, filled in or not.
  prices: Object.fromEntries([
    ...priceLists.map(({ id }) => [priceKey(id, 1), { listId: id, minQuantity: 1, amount: '' }] as const),
    ...(variant.prices ?? []).map(
      ({ priceList: { id }, minQuantity, amount }) =>
        [priceKey(id, minQuantity), { listId: id, minQuantity, amount: amountText(amount.decimal) }] as const,
    ),
  ]),
  stock: Object.fromEntries([
    ...locations.map(({ id }) => [id, ''] as const),
    ...(variant.stock ?? []).map(({ location, onHand }) => [location.id, String(onHand)] as const),
  ]),
  barcodes: variant.barcodes.map(({ code, kind }) => ({ code, kind })),
  goods: goodsDraftOf(variant),
  // A part that may not be seen here cannot be named again: such a bundle is not edited.
  components: variant.components.map(({ variant: part, sku, name, quantity }) => ({
    variantId: part?.id ?? '',
    sku,
    name,
    quantity: String(quantity),
  })),
  reduction: variant.bundleReductionPpm === null ? '' : percentText(variant.bundleReductionPpm),
  files: filesOf(variant),
})
