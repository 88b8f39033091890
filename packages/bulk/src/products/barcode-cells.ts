import { BARCODE_KINDS, type BarcodeInput, barcodeKey, type BarcodeKind } from '@hilo/catalog/bulk'

const BY_LENGTH: Readonly<Record<number, BarcodeKind>> = {
  8: 'EAN_8',
  12: 'UPC_A',
  13: 'EAN_13',
  14: 'GTIN_14',
}

/** `EAN_13:4006381333931` as it says; a code alone is a GTIN when its digits are one, and a Code 128 otherwise. */
export const readBarcode = (cell: string): BarcodeInput => {
  const [head = '', ...rest] = cell.split(':')
  if (rest.length > 0 && (BARCODE_KINDS as readonly string[]).includes(head)) {
    return { kind: head as BarcodeKind, code: rest.join(':') }
  }
  const code = cell.trim().replace(/^'/, '')
  const kind = /^\d+$/.test(code) ? BY_LENGTH[code.length] : undefined
  return { kind: kind && barcodeKey(kind, code) ? kind : 'CODE_128', code }
}

/** The codes of a variant with what each is compared by; empty for one that is none. */
export const barcodesIn = (cells: readonly string[]) =>
  cells.map((cell) => {
    const barcode = readBarcode(cell)
    return { ...barcode, key: barcodeKey(barcode.kind, barcode.code) ?? '' }
  })
