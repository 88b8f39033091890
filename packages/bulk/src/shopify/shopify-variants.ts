import { textCode, textMark } from '../products/text-code.ts'

/** The cells of a row by the plain names of their columns; empty where there are none. */
export type Cells = (column: string) => string

type Draft = Record<string, unknown>

interface Columns {
  readonly has: (column: string) => boolean
}

/** The options that the first row names: the others repeat none of the names. */
export const optionNames = (cell: Cells): readonly string[] =>
  [1, 2, 3]
    .map((n) => cell(`option${n}name`))
    .filter(
      (name, n) => name !== '' && !(name === 'Title' && n === 0 && cell('option1value') === 'Default Title'),
    )

/** What the variants of some rows differ by, with the texts of the file for codes. */
export const optionsOf = (names: readonly string[], rows: readonly Cells[], locale: string) =>
  names.map((name, n) => {
    const values = new Set(rows.map((cell) => cell(`option${n + 1}value`)).filter(Boolean))
    return {
      code: name,
      name: { [locale]: name },
      values: [...values].map((value) => ({ code: value, name: { [locale]: value } })),
    }
  })

/** How it is carried, as far as the file says; what Shopify never counts is always there. */
const goodsOf = (cell: Cells, { has }: Columns): Draft | undefined => {
  const isService = cell('variantrequiresshipping').toLowerCase() === 'false'
  if (!isService && !has('variantinventorytracker')) return undefined
  return {
    fulfilment: isService ? 'SERVICE' : 'PHYSICAL',
    trackStock: cell('variantinventorytracker') !== '',
  }
}

/** The values of a row by the names of the options, in their order. */
const choicesOf = (cell: Cells, names: readonly string[]): readonly (readonly [string, string])[] =>
  names.flatMap((name, n) => {
    const value = cell(`option${n + 1}value`)
    return value === '' ? [] : [[name, value] as const]
  })

const skuOf = (cell: Cells): string => cell('variantsku').replace(/^'/, '')

/** What a row says of a variant with this SKU. */
export const variantOf = (
  cell: Cells,
  sku: string,
  { names, has }: Columns & { readonly names: readonly string[] },
): Draft => {
  const quantity = cell('variantinventoryqty')
  const code = cell('variantbarcode').replace(/^'/, '')
  const goods = goodsOf(cell, { has })
  return {
    sku,
    ...(names.length > 0 && { options: Object.fromEntries(choicesOf(cell, names)) }),
    ...(code !== '' && { barcodes: [code] }),
    ...(cell('variantprice') !== '' && { price: cell('variantprice') }),
    // Shopify says all there is: without a former price this one is not reduced any more.
    ...(has('variantcompareatprice') && { compareAtPrice: cell('variantcompareatprice') || null }),
    ...(goods && { goods }),
    ...(/^-?\d+$/.test(quantity) && { onHand: Math.max(0, Number(quantity)) }),
  }
}

/** Longest SKU that is made. */
const MAX_SKU = 60

/**
 * SKUs of the variants of a product. Shopify does not ask for one, Hilo does: those that have none get what the handle
 * and the choices make, with a mark where it is too long or not the only one. `spare` has that mark always.
 */
export const skusOf = (handle: string, rows: readonly Cells[], names: readonly string[]) => {
  const made = rows.map((cell) => {
    if (skuOf(cell) !== '') return { sku: skuOf(cell), spare: undefined }
    const values = choicesOf(cell, names).map(([, value]) => value)
    const sku = [handle, ...values.map(textCode)].join('-')
    const mark = textMark(JSON.stringify([handle, ...values]))
    return { sku, spare: `${sku.slice(0, MAX_SKU - mark.length - 1).toWellFormed()}-${mark}` }
  })
  const times = Map.groupBy(made, ({ sku }) => sku)
  return made.map(({ sku, spare }) => ({
    sku: spare !== undefined && (sku.length > MAX_SKU || times.get(sku)!.length > 1) ? spare : sku,
    spare,
  }))
}
