import { getLocale } from '#lib/paraglide/runtime.js'

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A number of bytes as people say it, in decimal units: `1.4 MB`. */
export const inWords = (bytes: number): string => {
  let step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(bytes, 1)) / 3)))
  // 999,999 bytes are a megabyte, not 1,000 kilobytes.
  if (step < UNITS.length - 1 && Math.round(bytes / 1_000 ** step) >= 1_000) step += 1
  const value = bytes / 1_000 ** step
  return new Intl.NumberFormat(getLocale(), {
    style: 'unit',
    unit: UNITS[step]!,
    // The short form of a byte has no plural.
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: step === 0 || value >= 10 ? 0 : 1,
  }).format(value)
}
