import { getLocale, type Locale } from '#lib/paraglide/runtime.js'

const PPM = 1_000_000

/** A rate in parts per million as people write it: 210000 is `21%` or `21 %`. */
export const percent = (ratePpm: number, locale: Locale = getLocale()): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 }).format(ratePpm / PPM)

/** What a field shows for a rate: `10,75` in Spanish. */
export const percentText = (ratePpm: number, locale: Locale = getLocale()): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 4, useGrouping: false }).format(ratePpm / 10_000)

/** The parts per million that somebody typed as a percentage, from above 0 to 100; else `undefined`. */
export const parsePercent = (typed: string): number | undefined => {
  const match = /^(\d{1,3})(?:[.,](\d{1,4}))?$/.exec(typed.replaceAll(/[\s%]/g, ''))
  if (!match) return undefined
  const ratePpm = Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'))
  return ratePpm > 0 && ratePpm <= PPM ? ratePpm : undefined
}
