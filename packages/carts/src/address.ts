import { checkText } from '@hilo/catalog'
import { type Market, ok, type Result } from '@hilo/kernel'
import { CARTS } from './errors.ts'

/** Where something is delivered to. */
export interface Address {
  readonly name: string
  readonly line1: string
  readonly line2?: string | null
  readonly city: string
  readonly postalCode: string
  readonly region?: string | null
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly phone?: string | null
}

const LENGTHS = {
  name: 200,
  line1: 200,
  line2: 200,
  city: 100,
  postalCode: 20,
  region: 100,
  phone: 40,
} as const

const OPTIONAL: ReadonlySet<string> = new Set(['line2', 'region', 'phone'])

/** A country that the market delivers to. */
export const checkCountry = (
  country: string,
  { countries }: Market,
  path: readonly string[],
): Result<string> =>
  countries.includes(country)
    ? ok(country)
    : CARTS.refuse('COUNTRY_NOT_SERVED', { country, countries: [...countries] }, path)

/** An address that the market delivers to, each field within its length. */
export const checkAddress = (address: Address, market: Market, path: readonly string[]): Result<Address> => {
  for (const [field, max] of Object.entries(LENGTHS)) {
    const text = checkText(address[field as keyof typeof LENGTHS] ?? '', {
      max,
      path: [...path, field],
      optional: OPTIONAL.has(field),
    })
    if (!text.ok) return text
  }
  const country = checkCountry(address.country, market, [...path, 'country'])
  return country.ok ? ok(address) : country
}
