import { type Localized, type Money, ok, type Result, storable } from '@hilo/kernel'
import { CHANNELS } from './errors.ts'
import { type CountryTax, TAX_CLASSES } from './market-queries.ts'

/** Most characters of a name in one language. */
const MAX_NAME = 200

/** Most countries of a market: more than there are. */
const MAX_COUNTRIES = 260

const WHOLE_PPM = 1_000_000

/** The most that a delivery costs, minor units: a larger number is a mistake. */
const MAX_DELIVERY_MINOR = 1_000_000_000

// It stands in MQTT topics and headers.
const CODE = /^[a-z0-9][a-z0-9-]{0,39}$/

const { refuse } = CHANNELS

/** Refuses a code that no channel and no market can have. */
export const checkCode = (code: string): Result<null> =>
  CODE.test(code) ? ok(null) : refuse('SETTINGS_CODE_INVALID', {}, ['code'])

/** Refuses a name that says nothing, or too much. */
export const checkName = (name: Localized): Result<null> => {
  const texts = Object.values(name)
  const isBad = (text: string) => text.length > MAX_NAME || text !== storable(text)
  return texts.some((text) => text.trim()) && !texts.some(isBad)
    ? ok(null)
    : refuse('SETTINGS_NAME_INVALID', { max: MAX_NAME }, ['name'])
}

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** Refuses a name of no time zone of the IANA database. */
export const checkTimeZone = (timeZone: string): Result<null> =>
  isTimeZone(timeZone)
    ? ok(null)
    : refuse('TIME_ZONE_UNKNOWN', { timeZone: storable(timeZone.slice(0, 64)) }, ['timeZone'])

/** Refuses no country, one that is there twice, and rates that are none. */
export const checkCountries = (countries: readonly CountryTax[]): Result<null> => {
  const codes = new Set(countries.map(({ country }) => country))
  if (codes.size < countries.length || codes.size === 0 || codes.size > MAX_COUNTRIES) {
    return refuse('COUNTRIES_INVALID', { max: MAX_COUNTRIES }, ['countries'])
  }
  const wrong = countries.findIndex(({ ratesPpm }) =>
    TAX_CLASSES.some((taxClass) => ratesPpm[taxClass] < 0 || ratesPpm[taxClass] > WHOLE_PPM),
  )
  return wrong === -1
    ? ok(null)
    : refuse('TAX_RATE_INVALID', { country: countries[wrong]!.country, max: WHOLE_PPM }, [
        'countries',
        String(wrong),
      ])
}

/** Refuses a price of a delivery that is below nothing or beyond all. */
export const checkDelivery = ({ amountMinor }: Money): Result<null> =>
  amountMinor >= 0n && amountMinor <= MAX_DELIVERY_MINOR
    ? ok(null)
    : refuse('DELIVERY_PRICE_INVALID', { max: MAX_DELIVERY_MINOR }, ['delivery', 'amountMinor'])
