import { fill, setCode, setPrice, type Shown } from './bulk.ts'
import type { VariantData } from './product.ts'
import type { VariantDraft } from './variant-draft.ts'

/** The columns of the table that are typed into, from left to right. */
export const COLUMNS = ['sku', 'price', 'stock', 'barcode'] as const

/** A column of the table that is typed into. */
export type Column = (typeof COLUMNS)[number]

/** What tells a variant from its siblings: its name, or its option values. */
export const nameOfVariant = ({ name, optionValues }: Pick<VariantData, 'name' | 'optionValues'>): string =>
  name || optionValues.map((value) => value.name).join(' / ')

/** The variants with every word of a text in their SKU or name. */
export const matching = (variants: readonly VariantData[], text: string): readonly VariantData[] => {
  const words = text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return variants
  return variants.filter((variant) => {
    const said = `${variant.sku} ${nameOfVariant(variant)}`.toLocaleLowerCase()
    return words.every((word) => said.includes(word))
  })
}

const write = (variant: VariantDraft, column: Column, value: string, shown: Shown): void => {
  if (column === 'sku') variant.sku = value
  else if (column === 'price') setPrice(variant, shown.listId, value)
  else if (column === 'stock') fill([variant], 'stock', { value, shown })
  else setCode(variant, value)
}

/** Writes pasted cells into the rows from the first on, and the columns from this one on. */
export const pasteInto = (
  rows: readonly VariantDraft[],
  cells: readonly (readonly string[])[],
  { column, shown }: { readonly column: Column; readonly shown: Shown },
): void => {
  const first = COLUMNS.indexOf(column)
  for (const [index, line] of cells.entries()) {
    const row = rows[index]
    if (!row) return
    for (const [offset, value] of line.entries()) {
      const target = COLUMNS[first + offset]
      if (target && (target !== 'price' || shown.listId) && (target !== 'stock' || shown.locationId))
        write(row, target, value, shown)
    }
  }
}
