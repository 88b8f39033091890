import type { FieldErrors } from '#lib/api/refusal.ts'
import { parsePercent, percentText } from '#lib/format/percent.ts'
import { m } from '#lib/paraglide/messages.js'
import type { MarketData } from './market.ts'

/** A country of a market while its taxes are typed, as percentages. */
export interface TypedTax {
  country: string
  standard: string
  reduced: string
  /** Kept as it is: what is not taxed has 0. */
  readonly zeroPpm: number
}

/** A country that nothing is typed for yet. */
export const emptyTax = (): TypedTax => ({ country: '', standard: '', reduced: '', zeroPpm: 0 })

/** What the fields begin with. */
export const typedTaxes = (taxes: MarketData['taxes']): TypedTax[] =>
  taxes.map(({ country, standardPpm, reducedPpm, zeroPpm }) => ({
    country,
    standard: percentText(standardPpm),
    reduced: percentText(reducedPpm),
    zeroPpm,
  }))

const rateOf = (typed: string): number | undefined =>
  /^\s*0+([.,]0+)?\s*%?\s*$/.test(typed) ? 0 : parsePercent(typed)

/** What to send for the typed countries, and what is wrong with them by field. */
export const readTaxes = (typed: readonly TypedTax[]) => {
  const problems: Record<string, string> = {}
  const countries = typed.map(({ country, standard, reduced, zeroPpm }, index) => {
    const code = country.trim().toUpperCase()
    const [standardPpm, reducedPpm] = [rateOf(standard), rateOf(reduced)]
    if (!/^[A-Z]{2}$/.test(code)) problems[`countries.${index}.country`] = m.market_country_invalid()
    if (standardPpm === undefined) problems[`countries.${index}.standard`] = m.market_rate_invalid()
    if (reducedPpm === undefined) problems[`countries.${index}.reduced`] = m.market_rate_invalid()
    return { country: code, standardPpm: standardPpm ?? 0, reducedPpm: reducedPpm ?? 0, zeroPpm }
  })
  return { countries, problems: problems as FieldErrors }
}
