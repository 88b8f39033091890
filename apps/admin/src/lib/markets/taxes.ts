import type { FieldErrors } from '#lib/api/refusal.ts'
import { parsePercent, percentText } from '#lib/format/percent.ts'
import { m } from '#lib/paraglide/messages.js'
import { getLocale } from '#lib/paraglide/runtime.js'
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

const codeOf = ({ country }: Pick<TypedTax, 'country'>): string => country.trim().toUpperCase()

/** What the typed country is called; nothing while it is none. */
export const countryName = (tax: Pick<TypedTax, 'country'>): string | undefined => {
  const code = codeOf(tax)
  if (!/^[A-Z]{2}$/.test(code)) return undefined
  return new Intl.DisplayNames(getLocale(), { type: 'region', fallback: 'none' }).of(code)
}

const rateOf = (typed: string): number | undefined =>
  /^\s*0+([.,]0+)?\s*%?\s*$/.test(typed) ? 0 : parsePercent(typed)

/** What to send for the typed countries, and what is wrong with them by field. */
export const readTaxes = (typed: readonly TypedTax[]) => {
  const problems: Record<string, string> = {}
  const countries = typed.map(({ country, standard, reduced, zeroPpm }, index) => {
    const code = codeOf({ country })
    const [standardPpm, reducedPpm] = [rateOf(standard), rateOf(reduced)]
    if (!/^[A-Z]{2}$/.test(code)) problems[`countries.${index}.country`] = m.market_country_invalid()
    else if (typed.findIndex((other) => codeOf(other) === code) < index)
      problems[`countries.${index}.country`] = m.market_country_twice({ name: code })
    if (standardPpm === undefined) problems[`countries.${index}.standard`] = m.market_rate_invalid()
    if (reducedPpm === undefined) problems[`countries.${index}.reduced`] = m.market_rate_invalid()
    return { country: code, standardPpm: standardPpm ?? 0, reducedPpm: reducedPpm ?? 0, zeroPpm }
  })
  return { countries, problems: problems as FieldErrors }
}
