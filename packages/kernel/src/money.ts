import { currency, exponentOf, type CurrencyCode } from './currency.ts'

/** An amount in integer minor units (cents for EUR, yen for JPY) of one currency. Never a float. */
export interface Money {
  readonly amountMinor: bigint
  readonly currency: CurrencyCode
}

/** A rate in parts per million: 21 % is 210000, 10.75 % is 107500. An integer, so no float touches money. */
export type Ppm = bigint

/** One whole in parts per million. */
export const PPM: Ppm = 1_000_000n

/** The largest amount that survives JSON as a number: 2^53 − 1 minor units. */
export const MAX_AMOUNT_MINOR = BigInt(Number.MAX_SAFE_INTEGER)

/** Money from minor units: `money(1250n, 'EUR')` is 12.50 €. Throws `RangeError` for an unknown currency. */
export const money = (amountMinor: bigint, code: string): Money => ({ amountMinor, currency: currency(code) })

/** Zero of a currency. */
export const zero = (code: string): Money => money(0n, code)

const sameCurrency = (a: Money, b: Money): void => {
  if (a.currency !== b.currency) throw new TypeError(`Cannot mix ${a.currency} and ${b.currency}`)
}

/** a + b; throws `TypeError` when the currencies differ. */
export const add = (a: Money, b: Money): Money => {
  sameCurrency(a, b)
  return { amountMinor: a.amountMinor + b.amountMinor, currency: a.currency }
}

/** a − b; throws `TypeError` when the currencies differ. */
export const subtract = (a: Money, b: Money): Money => {
  sameCurrency(a, b)
  return { amountMinor: a.amountMinor - b.amountMinor, currency: a.currency }
}

/** a × a whole quantity. */
export const multiply = (a: Money, quantity: number): Money => ({
  amountMinor: a.amountMinor * BigInt(quantity),
  currency: a.currency,
})

/** Integer division rounding half away from zero, the house's only rounding mode. `divisor` must be positive. */
export const divideRounded = (dividend: bigint, divisor: bigint): bigint => {
  const half = divisor / 2n
  const magnitude = dividend < 0n ? -dividend : dividend
  const quotient = magnitude / divisor
  const remainder = magnitude % divisor
  const roundsUp = remainder > half || (remainder === half && divisor % 2n === 0n)
  const rounded = roundsUp ? quotient + 1n : quotient
  return dividend < 0n ? -rounded : rounded
}

/** amount × rate, rounded half away from zero to a minor unit. */
export const atRate = (amountMinor: bigint, rate: Ppm): bigint => divideRounded(amountMinor * rate, PPM)

/**
 * Splits an amount by weights with the largest remainder, so that the parts sum to the amount exactly. Ties go to the
 * earlier part; when all weights are zero the parts are equal. Weights must not be negative.
 */
export const allocate = (amountMinor: bigint, weights: readonly bigint[]): bigint[] => {
  if (weights.length === 0) return []
  const total = weights.reduce((sum, weight) => sum + weight, 0n)
  const effective = total === 0n ? weights.map(() => 1n) : weights
  const divisor = total === 0n ? BigInt(weights.length) : total
  const magnitude = amountMinor < 0n ? -amountMinor : amountMinor
  const parts: bigint[] = []
  const remainders: bigint[] = []
  let left = magnitude
  for (const weight of effective) {
    const product = magnitude * weight
    const part = product / divisor
    parts.push(part)
    remainders.push(product % divisor)
    left -= part
  }
  if (left > 0n) {
    const byRemainder = Array.from(parts.keys()).sort((a, b) =>
      remainders[a] === remainders[b] ? a - b : remainders[a]! > remainders[b]! ? -1 : 1,
    )
    for (const index of byRemainder.slice(0, Number(left))) parts[index] = parts[index]! + 1n
  }
  return amountMinor < 0n ? parts.map((part) => -part) : parts
}

/** The amount as a plain decimal string with the currency's digits: `1250n EUR` → `"12.50"`, `1250n JPY` → `"1250"`. */
export const toDecimal = ({ amountMinor, currency: code }: Money): string => {
  const exponent = exponentOf(code)
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(exponent + 1, '0')
  const sign = amountMinor < 0n ? '-' : ''
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}

/**
 * Money from a plain decimal string (`"12.5"` EUR → 1250). `undefined` when it is not a number, or has more digits
 * than the currency, or exceeds `MAX_AMOUNT_MINOR`: an amount typed by a person is refused, never rounded.
 */
export const fromDecimal = (text: string, code: string): Money | undefined => {
  const exponent = exponentOf(currency(code))
  const match = /^(-?)(\d{1,16})(?:\.(\d+))?$/.exec(text.trim())
  if (!match) return undefined
  const fraction = match[3] ?? ''
  if (fraction.length > exponent) return undefined
  const amountMinor = BigInt(match[2]! + fraction.padEnd(exponent, '0'))
  if (amountMinor > MAX_AMOUNT_MINOR) return undefined
  return money(match[1] ? -amountMinor : amountMinor, code)
}

const MOST_FORMATS = 500

/** Making one costs as much as a thousand uses; there are as many as locales times currencies that were shown. */
const formats = new Map<string, Intl.NumberFormat>()

const formatOf = (locale: string, currency: string): Intl.NumberFormat => {
  const key = `${locale} ${currency}`
  const kept = formats.get(key)
  if (kept) return kept
  const made = new Intl.NumberFormat(locale, { style: 'currency', currency })
  if (formats.size < MOST_FORMATS) formats.set(key, made)
  return made
}

/** The amount as people write it: `formatMoney(money(1250n, 'EUR'), 'es')` → `12,50 €`. */
export const formatMoney = (value: Money, locale: string): string =>
  // Intl takes decimal strings exactly; its type does not say so for every target.
  formatOf(locale, value.currency).format(toDecimal(value) as unknown as number)
