/**
 * Exponents of ISO 4217 list one (2026): how many decimal digits the minor unit has. Currencies absent here have 2.
 * A currency is accepted when `Intl.supportedValuesOf('currency')` knows it or it stands here.
 */
const EXPONENTS: Readonly<Record<string, number>> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  UYI: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
  CLF: 4,
  UYW: 4,
}

const KNOWN: ReadonlySet<string> = new Set([...Intl.supportedValuesOf('currency'), ...Object.keys(EXPONENTS)])

/** An ISO 4217 alphabetic code in capitals, e.g. `EUR`. */
export type CurrencyCode = string & { readonly __currency: unique symbol }

/** True for a code of ISO 4217. */
export const isCurrency = (code: string): code is CurrencyCode => KNOWN.has(code)

/** The code, typed; throws `RangeError` for one that ISO 4217 does not list. */
export const currency = (code: string): CurrencyCode => {
  if (isCurrency(code)) return code
  throw new RangeError(`Unknown currency ${JSON.stringify(code)}: use an ISO 4217 code such as EUR`)
}

/** Decimal digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD, 4 for CLF. */
export const exponentOf = (code: CurrencyCode): number => EXPONENTS[code] ?? 2
