/** The kinds of code that stand on goods. */
export const BARCODE_KINDS = ['EAN_8', 'EAN_13', 'UPC_A', 'UPC_E', 'GTIN_14', 'CODE_128', 'QR'] as const

/** A kind of code that stands on goods. */
export type BarcodeKind = (typeof BARCODE_KINDS)[number]

/** Longest text of a code. */
export const MAX_BARCODE = 200

const DIGITS: Partial<Readonly<Record<BarcodeKind, number>>> = {
  EAN_8: 8,
  EAN_13: 13,
  UPC_A: 12,
  GTIN_14: 14,
}

/** The check digit of a GTIN without it (GS1 General Specifications 7.9.1): weights 3 and 1 from the right. */
export const checkDigit = (body: string): number => {
  const sum = Array.from(body, Number)
    .toReversed()
    .reduce((total, digit, index) => total + digit * (index % 2 ? 1 : 3), 0)
  return (10 - (sum % 10)) % 10
}

const isGtin = (code: string): boolean =>
  /^(?:\d{8}|\d{12,14})$/.test(code) && checkDigit(code.slice(0, -1)) === Number(code.at(-1))

/** The UPC-A that a UPC-E stands for (GS1 General Specifications 5.2.2.4.2): zeros were left out of it. */
const upcA = (code: string): string | undefined => {
  const [, system, body, last, check] = /^([01])(\d{5})(\d)(\d)$/.exec(code) ?? []
  if (system === undefined || body === undefined) return undefined
  const maker: Readonly<Record<string, string>> = {
    '0': `${body.slice(0, 2)}00000${body.slice(2)}`,
    '1': `${body.slice(0, 2)}10000${body.slice(2)}`,
    '2': `${body.slice(0, 2)}20000${body.slice(2)}`,
    '3': `${body.slice(0, 3)}00000${body.slice(3)}`,
    '4': `${body.slice(0, 4)}00000${body.slice(4)}`,
  }
  return `${system}${maker[last!] ?? `${body}0000${last}`}${check}`
}

const key14 = (gtin: string): string => gtin.padStart(14, '0')

// oxlint-disable-next-line no-control-regex
const PLAIN = /^[^\u0000-\u001f\u007f]+$/

/** What a code is compared by, or nothing for one that is not of its kind. A UPC-A and its EAN-13 are the same. */
export const barcodeKey = (kind: BarcodeKind, code: string): string | undefined => {
  if (kind === 'CODE_128' || kind === 'QR') {
    const fits = code.length <= MAX_BARCODE && code === code.trim() && code.isWellFormed() && PLAIN.test(code)
    return fits ? (gtinIn(code) ?? code) : undefined
  }
  const gtin = kind === 'UPC_E' ? upcA(code) : code.length === DIGITS[kind] ? code : undefined
  return gtin !== undefined && isGtin(gtin) ? key14(gtin) : undefined
}

/** The GTIN in what some codes carry beside it: a GS1 Digital Link (`…/01/09506000134352/…`) or an element string. */
const gtinIn = (code: string): string | undefined => {
  const link = /^https?:\/\/[^?#]*\/(?:01|gtin)\/(\d{8}|\d{12,14})(?:[/?#]|$)/i.exec(code)?.[1]
  const element = /^(?:\]..)?(?:\(01\)|01)(\d{14})/.exec(code)?.[1]
  const gtin = link ?? element
  return gtin !== undefined && isGtin(gtin) ? key14(gtin) : undefined
}

/** Everything that a scanner may have meant, the likeliest first: a bare number may be a GTIN, a UPC-E or a text. */
export const scannedKeys = (scanned: string): readonly string[] => {
  const code = scanned.trim()
  if (code === '' || code.length > 2_000 || !code.isWellFormed() || !PLAIN.test(code)) return []
  const short = upcA(code)
  const inside = gtinIn(code)
  return [
    ...new Set([
      ...(isGtin(code) ? [key14(code)] : []),
      ...(short && isGtin(short) ? [key14(short)] : []),
      ...(inside ? [inside] : []),
      ...(code.length <= MAX_BARCODE ? [code] : []),
    ]),
  ]
}
