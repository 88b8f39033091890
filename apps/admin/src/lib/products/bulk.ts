import { withFirstCode } from './barcode.ts'
import { priceKey, type VariantDraft } from './variant-draft.ts'

/** What is shown of all variants at once: one price list and one location. */
export interface Shown {
  readonly listId: string
  readonly locationId: string
}

/** What can be filled in for many variants at once. */
export type Fill = 'price' | 'stock' | 'on' | 'off' | 'sku'

/** Writes a price for one piece; the row is made when the list has none. */
export const setPrice = (variant: VariantDraft, listId: string, amount: string): void => {
  variant.prices[priceKey(listId, 1)] = { listId, minQuantity: 1, amount }
}

/** Writes the first of its codes. */
export const setCode = (variant: VariantDraft, code: string): void => {
  variant.barcodes = withFirstCode(variant.barcodes, code)
}

/** Fills the same into variants; of SKUs, what is typed stands before each. */
export const fill = (
  variants: readonly VariantDraft[],
  what: Fill,
  { value, shown }: { readonly value: string; readonly shown: Shown },
): void => {
  for (const variant of variants) {
    if (what === 'price') setPrice(variant, shown.listId, value)
    else if (what === 'stock') variant.stock[shown.locationId] = value
    else if (what === 'sku') variant.sku = `${value}${variant.sku}`
    else variant.on = what === 'on'
  }
}

/** What was pasted, cell by cell, when it is more than one: rows of lines, columns apart by tabs. */
export const cellsOf = (text: string): string[][] | undefined => {
  const rows = text
    .replace(/\r?\n$/, '')
    .split(/\r?\n/)
    .map((line) => line.split('\t').map((cell) => cell.trim()))
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1 ? rows : undefined
}
