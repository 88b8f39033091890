import { exponentOf, formatMoney as format, fromDecimal, isCurrency, money, toDecimal } from '@hilo/kernel'
import { getLocale, type Locale } from '#lib/paraglide/runtime.js'

/** An amount as the API gives it, in whole minor units. */
export interface Amount {
  readonly amountMinor: number
  readonly currency: string
}

/** The amount as people write it: `12,50 €`. */
export const formatMoney = ({ amountMinor, currency }: Amount, locale: Locale = getLocale()): string =>
  format(money(BigInt(amountMinor), currency), locale)

/** What a field shows for an amount: plain digits with the decimal mark of the language. */
export const amountText = (decimal: string, locale: Locale = getLocale()): string =>
  locale === 'es' ? decimal.replace('.', ',') : decimal

/** What a field shows for an amount in minor units. */
export const minorText = ({ amountMinor, currency }: Amount, locale: Locale = getLocale()): string =>
  amountText(toDecimal(money(BigInt(amountMinor), currency)), locale)

/**
 * The minor units that somebody typed, or `undefined` when it is not an amount of this currency. Takes both decimal
 * marks, and the language's own mark for thousands: `1.234,5` in Spanish, `1,234.5` in English.
 */
export const parseAmount = (
  typed: string,
  currency: string,
  locale: Locale = getLocale(),
): number | undefined => {
  if (!isCurrency(currency)) return undefined
  const text = typed.replaceAll(/[\s\u00a0€$£¥]/g, '')
  const amount = fromDecimal(plainDecimal(text, exponentOf(currency), locale), currency)
  const minor = amount && Number(amount.amountMinor)
  return minor !== undefined && minor >= 0 && Number.isSafeInteger(minor) ? minor : undefined
}

const plainDecimal = (text: string, exponent: number, locale: Locale): string => {
  const [decimalMark, thousandsMark] = locale === 'es' ? [',', '.'] : ['.', ',']
  const isGrouped = new RegExp(`^\\d{1,3}(\\${thousandsMark}\\d{3})+(\\${decimalMark}\\d*)?$`).test(text)
  if (isGrouped) return text.replaceAll(thousandsMark, '').replace(decimalMark, '.')
  // "12.5" typed by a Spanish speaker can only mean a decimal.
  const isForeign = text.includes(thousandsMark) && !text.includes(decimalMark) && exponent > 0
  return text.replace(isForeign ? thousandsMark : decimalMark, '.')
}
