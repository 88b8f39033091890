import type { BarcodeDraft } from './variant-draft.ts'

/** What the kinds of codes are called everywhere. */
export const BARCODE_KINDS: Readonly<Record<BarcodeDraft['kind'], string>> = {
  EAN_13: 'EAN-13',
  EAN_8: 'EAN-8',
  UPC_A: 'UPC-A',
  UPC_E: 'UPC-E',
  GTIN_14: 'GTIN-14',
  CODE_128: 'Code 128',
  QR: 'QR',
}

const KIND_BY_DIGITS: Readonly<Record<number, BarcodeDraft['kind']>> = {
  8: 'EAN_8',
  12: 'UPC_A',
  13: 'EAN_13',
  14: 'GTIN_14',
}

/** The kind that a scanned or typed code most likely is: by its number of digits, a text otherwise. */
export const kindOfCode = (code: string): BarcodeDraft['kind'] => {
  if (/^https?:/i.test(code)) return 'QR'
  return (/^\d+$/.test(code) && KIND_BY_DIGITS[code.length]) || 'CODE_128'
}

/** The codes with the first one replaced; an empty one is taken out. */
export const withFirstCode = (barcodes: readonly BarcodeDraft[], typed: string): BarcodeDraft[] => {
  const code = typed.trim()
  const [first, ...rest] = barcodes
  if (!code) return rest
  return [{ code, kind: first?.code === code ? first.kind : kindOfCode(code) }, ...rest]
}
