import { derivePrice, type Rounding, type RoundingDirection } from '@hilo/pricing'
import type { CurrencyCode } from '@hilo/kernel'
import type { Amount } from '#lib/format/money.ts'
import { getLocale, type Locale } from '#lib/paraglide/runtime.js'

/** The most that a price can be raised by: ten times the base price. */
const MAX_PPM = 10_000_000
const MIN_PPM = -1_000_000

/** The parts per million that somebody typed as a change in percent, such as `−10` or `+5,5`; else `undefined`. */
export const parseAdjustment = (typed: string): number | undefined => {
  const match = /^([+\-−–]?)(\d{1,4})(?:[.,](\d{1,4}))?$/.exec(typed.replaceAll(/[\s%]/g, ''))
  if (!match) return undefined
  const size = Number(match[2]) * 10_000 + Number((match[3] ?? '').padEnd(4, '0'))
  const ppm = match[1] && match[1] !== '+' ? -size : size
  return ppm >= MIN_PPM && ppm <= MAX_PPM ? ppm + 0 : undefined
}

/** What a field shows for a change: `-10`. */
export const adjustmentText = (ppm: number, locale: Locale = getLocale()): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 4, useGrouping: false }).format(ppm / 10_000)

/** A change in percent as people write it: `−10 %`. */
export const adjustmentName = (ppm: number, locale: Locale = getLocale()): string =>
  new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 4,
    signDisplay: 'exceptZero',
  }).format(ppm / 1_000_000)

interface Typed {
  readonly adjustment: string
  readonly rounding: Rounding
  readonly direction: RoundingDirection
}

/** What a base price becomes; nothing while the change is not a percentage. */
export const derivedAmount = (
  { amountMinor, currency }: Amount,
  { adjustment, rounding, direction }: Typed,
): Amount | undefined => {
  const adjustmentPpm = parseAdjustment(adjustment)
  if (adjustmentPpm === undefined) return undefined
  const derivation = { adjustmentPpm, rounding, direction }
  return {
    amountMinor: Number(derivePrice(BigInt(amountMinor), derivation, currency as CurrencyCode)),
    currency,
  }
}
