import { describe, expect, it } from 'vitest'
import { kindOfCode, withFirstCode } from './barcode.ts'
import { cellsOf, fill } from './bulk.ts'
import { allValues, countCombinations, exampleOf, patternFor } from './generation.ts'
import { withNamedValues } from './option-draft.ts'
import { choices, product } from './sample.ts'
import { matching, pasteInto } from './table.ts'
import { variantDraftOf } from './variant-draft.ts'

const shown = { listId: 'eur', locationId: 'loc_1' }
const rows = (count: number) =>
  Array.from({ length: count }, () => variantDraftOf(product.variants[0]!, choices))
const named = (id: string) => ({
  translations: [],
  code: id,
  id,
  name: id.toUpperCase(),
  nameTexts: { translations: [] },
})
const options = [
  { ...named('size'), values: ['s', 'm', 'l'].map(named) },
  { ...named('color'), values: ['red', 'blue', 'green', 'black'].map(named) },
]

describe('the table of variants', () => {
  it('fills the same into many at once', () => {
    const variants = rows(300)
    fill(variants, 'price', { value: '12.50', shown })
    fill(variants, 'stock', { value: '7', shown })
    fill(variants, 'sku', { value: 'X-', shown })
    fill(variants, 'off', { value: '', shown })
    expect(variants[299]).toMatchObject({
      sku: 'X-TEA-1',
      on: false,
      stock: { loc_1: '7' },
      prices: { 'eur@1': { amount: '12.50' } },
    })
  })

  it('takes cells pasted from a sheet, from where they were pasted on', () => {
    const variants = rows(3)
    const cells = cellsOf('10\t5\t96385074\n11,5\t6\t\n')!
    pasteInto(variants.slice(1), cells, { column: 'price', shown })
    expect(variants[0]!.prices['eur@1']!.amount).toBe('9.90')
    expect(variants[1]).toMatchObject({
      prices: { 'eur@1': { amount: '10' } },
      stock: { loc_1: '5' },
      barcodes: [{ code: '96385074', kind: 'EAN_8' }],
    })
    expect(variants[2]).toMatchObject({ prices: { 'eur@1': { amount: '11,5' } }, barcodes: [] })
    expect(cellsOf('one cell')).toBeUndefined()
  })

  it('finds variants by words of their SKU and name', () => {
    const variants = [{ ...product.variants[0]!, name: 'Small / Red' }, product.variants[0]!]
    expect(matching(variants, 'red tea')).toEqual([variants[0]])
    expect(matching(variants, ' ')).toHaveLength(2)
  })

  it('guesses the kind of a code by its digits, and keeps the other codes', () => {
    expect(['96385074', '036000291452', '4006381333931', 'A-1', 'https://x.example'].map(kindOfCode)).toEqual(
      ['EAN_8', 'UPC_A', 'EAN_13', 'CODE_128', 'QR'],
    )
    const two = [
      { code: '1', kind: 'QR' as const },
      { code: '2', kind: 'QR' as const },
    ]
    expect(withFirstCode(two, '1')).toEqual(two)
    expect(withFirstCode(two, '')).toEqual([two[1]])
  })

  it('counts combinations and shows the first SKU before any is made', () => {
    const chosen = allValues(options)
    expect(countCombinations(options, chosen)).toBe(12)
    expect(countCombinations(options, { ...chosen, size: [] })).toBe(0)
    expect(countCombinations([], {})).toBe(0)
    const pattern = patternFor({ slug: 'linen-shirt-summer', options })
    expect(pattern).toBe('LINEN-SHIRT-{size}-{color}')
    expect(exampleOf(pattern, options, chosen)).toBe('LINEN-SHIRT-S-RED')
  })

  it('adds values by a line of names, each once', () => {
    const values = withNamedValues([{ id: '1', code: 's', name: { en: 'S' } }], 'S, M , Extra large', 'en')
    expect(values.map(({ code }) => code)).toEqual(['s', 'm', 'extra-large'])
  })
})
