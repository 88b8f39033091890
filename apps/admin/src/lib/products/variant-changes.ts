import { isSame } from '#lib/editing/rebase.ts'
import { textInput } from '#lib/editing/texts.ts'
import { parseAmount } from '#lib/format/money.ts'
import { parsePercent } from '#lib/format/percent.ts'
import type { Definition } from './attribute-fields.ts'
import { valueChanges, type valueInput } from './attribute-values.ts'
import type { ProductDraft } from './draft.ts'
import { goodsInput } from './goods.ts'
import { type ProductChoicesData, type ProductData, variantsOf } from './product.ts'
import type { BarcodeDraft, ComponentDraft, FileDraft, VariantDraft } from './variant-draft.ts'

/** What to send for a variant itself; only what changed. */
export type VariantChange = { id: string; ifVersion: number } & Partial<{
  sku: string
  name: ReturnType<typeof textInput>
  archived: boolean
  attributes: ReturnType<typeof valueInput>[]
}>

interface PriceRow {
  readonly variantId: string
  readonly priceListId: string
  readonly minQuantity: number
  readonly amount: { readonly amountMinor: number; readonly currency: string }
}

/** One thing to do for variants, and the field of the draft that it is about. */
export type VariantStep =
  | { readonly kind: 'variants'; readonly update: VariantChange[] }
  | { readonly kind: 'prices'; readonly rows: PriceRow[]; readonly fields: string[] }
  | { readonly kind: 'priceRemove'; readonly field: string; readonly priceId: string }
  | {
      readonly kind: 'stock'
      readonly field: string
      readonly variantId: string
      readonly locationId: string
      readonly onHand: number
    }
  | {
      readonly kind: 'barcodes'
      readonly field: string
      readonly variantId: string
      readonly barcodes: BarcodeDraft[]
    }
  | {
      readonly kind: 'goods'
      readonly field: string
      readonly variantId: string
      readonly goods: ReturnType<typeof goodsInput>
    }
  | {
      readonly kind: 'components'
      readonly field: string
      readonly variantId: string
      readonly components: { variantId: string; quantity: number }[]
      readonly reductionPpm: number | null
    }
  | {
      readonly kind: 'files'
      readonly field: string
      readonly variantId: string
      readonly files: ReturnType<typeof fileInput>[]
    }

/** What is saved, and what the values of variants are read by. */
export interface VariantSaving {
  readonly product: ProductData
  readonly priceLists: ProductChoicesData['priceLists']
  readonly definitions: { readonly variant: readonly Definition[] }
}

interface Pair {
  readonly id: string
  readonly mine: VariantDraft
  readonly before: VariantDraft
}

/** Most rows that the API takes in one request. */
const MOST_ROWS = 1_000

const inParts = <Row>(rows: readonly Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / MOST_ROWS) }, (_, part) =>
    rows.slice(part * MOST_ROWS, (part + 1) * MOST_ROWS),
  )

const ownChange = (
  { id, mine, before }: Pair,
  { product, definitions }: VariantSaving,
): VariantChange | undefined => {
  const attributes = valueChanges(definitions.variant, mine.attributes, before.attributes)
  const change = {
    ...(mine.sku !== before.sku && { sku: mine.sku.trim() }),
    ...(isSame(mine.name, before.name) ? {} : { name: textInput(mine.name) }),
    ...(mine.on !== before.on && { archived: !mine.on }),
    ...(attributes.length > 0 && { attributes }),
  }
  const ifVersion = variantsOf(product).find((variant) => variant.id === id)?.version ?? 0
  return Object.keys(change).length > 0 ? { id, ifVersion, ...change } : undefined
}

const priceSteps = (pairs: readonly Pair[], { product, priceLists }: VariantSaving): VariantStep[] => {
  const rows: { row: PriceRow; field: string }[] = []
  const removals: VariantStep[] = []
  for (const { id, mine, before } of pairs)
    for (const [key, { listId, minQuantity, amount }] of Object.entries(mine.prices)) {
      if (amount === (before.prices[key]?.amount ?? '')) continue
      const field = `variants.${id}.prices.${key}`
      const currency = priceLists.find((list) => list.id === listId)?.currency ?? ''
      const amountMinor = parseAmount(amount, currency)
      const saved = variantsOf(product)
        .find((variant) => variant.id === id)
        ?.prices?.find((price) => price.priceList.id === listId && price.minQuantity === minQuantity)
      if (amountMinor !== undefined) {
        const row = { variantId: id, priceListId: listId, minQuantity, amount: { amountMinor, currency } }
        rows.push({ row, field })
      } else if (saved) removals.push({ kind: 'priceRemove', field, priceId: saved.id })
    }
  const sets = inParts(rows).map((part) => ({
    kind: 'prices' as const,
    rows: part.map(({ row }) => row),
    fields: part.map(({ field }) => field),
  }))
  return [...sets, ...removals]
}

const stockSteps = ({ id, mine, before }: Pair): VariantStep[] =>
  Object.entries(mine.stock)
    .filter(([locationId, onHand]) => onHand !== (before.stock[locationId] ?? ''))
    .map(([locationId, onHand]) => ({
      kind: 'stock',
      field: `variants.${id}.stock.${locationId}`,
      variantId: id,
      locationId,
      onHand: Number(onHand),
    }))

const fileInput = ({ body, storageKey, assetId, maxDownloads, days, ...file }: FileDraft) => ({
  ...file,
  // One of the three says where the file is.
  ...(assetId ? { assetId } : storageKey ? { storageKey } : { body }),
  maxDownloads: maxDownloads.trim() ? Number(maxDownloads) : null,
  days: days.trim() ? Number(days) : null,
})

/** Parts per million, none at all among them; null when nothing is typed. */
export const reductionOf = (typed: string): number | null =>
  /^0+([.,]0*)?$/.test(typed.trim()) ? 0 : (parsePercent(typed) ?? null)

const componentsInput = (components: readonly ComponentDraft[]) =>
  components.map(({ variantId, quantity }) => ({ variantId, quantity: Number(quantity) }))

const goodsSteps = ({ id: variantId, mine, before }: Pair): VariantStep[] => {
  const at = (part: string): string => `variants.${variantId}.${part}`
  const isOther = (part: keyof VariantDraft): boolean => !isSame(mine[part], before[part])
  const steps: VariantStep[] = []
  if (isOther('barcodes'))
    steps.push({ kind: 'barcodes', field: at('barcodes'), variantId, barcodes: mine.barcodes })
  if (isOther('goods'))
    steps.push({ kind: 'goods', field: at('goods'), variantId, goods: goodsInput(mine.goods) })
  if (isOther('components') || isOther('reduction'))
    steps.push({
      kind: 'components',
      field: at('components'),
      variantId,
      components: componentsInput(mine.components),
      reductionPpm: reductionOf(mine.reduction),
    })
  if (isOther('files'))
    steps.push({ kind: 'files', field: at('files'), variantId, files: mine.files.map(fileInput) })
  return steps
}

/** What to do for the variants: hundreds of them change in a few requests; only stock is counted one by one. */
export const variantSteps = (
  base: ProductDraft,
  draft: ProductDraft,
  saving: VariantSaving,
): VariantStep[] => {
  const pairs = Object.entries(draft.variants).flatMap(([id, mine]): Pair[] => {
    const before = base.variants[id]
    return before && !isSame(before, mine) ? [{ id, mine, before }] : []
  })
  const own = pairs.flatMap((pair) => ownChange(pair, saving) ?? [])
  return [
    ...inParts(own).map((update) => ({ kind: 'variants' as const, update })),
    ...priceSteps(pairs, saving),
    ...pairs.flatMap(stockSteps),
    ...pairs.flatMap(goodsSteps),
  ]
}
