import type { PricingContext } from './cart.ts'
import { compileAudience } from './audience.ts'
import type { PromotionDefinition } from './definition.ts'
import { compileSchedule, type OpeningHours } from './schedule.ts'
import type { Miss } from './trace.ts'

/** Why this request does not get a promotion, whatever is in the cart. `at` is `context.now` in milliseconds. */
export type Gate = (context: PricingContext, at: number) => Miss | undefined

/** When a promotion holds: a stretch of time, in milliseconds since 1970, and the hours within it. */
export interface Window {
  readonly starts: number
  readonly ends: number
  readonly hours: OpeningHours | undefined
}

/** Compiles when a definition holds. */
export const compileWindow = ({ startsAt, endsAt, schedule }: PromotionDefinition): Window => ({
  starts: startsAt === undefined ? -Infinity : Date.parse(startsAt),
  ends: endsAt === undefined ? Infinity : Date.parse(endsAt),
  hours: schedule && compileSchedule(schedule),
})

/** The zone of weekly hours that name none. */
export const zoneOf = ({ timeZone = 'UTC' }: { readonly timeZone?: string }): string => timeZone

/** Compiles everything that does not depend on the cart: time, place, currency and audience, in this order. */
export const compileGate = (
  definition: PromotionDefinition,
  { starts, ends, hours }: Window,
  currencies: ReadonlySet<string> | undefined,
): Gate => {
  const { startsAt, endsAt, channels, markets, countries, audience } = definition
  const kinds = new Set<string>(channels?.kinds)
  const codes = new Set(channels?.codes)
  const marketCodes = markets && new Set(markets)
  const countryCodes = countries && new Set(countries)
  const audienceGate = audience && compileAudience(audience)
  return (context, at) => {
    const { channel, country, market } = context
    if (at < starts) return { code: 'NOT_STARTED', facts: { startsAt: startsAt! } }
    if (at >= ends) return { code: 'EXPIRED', facts: { endsAt: endsAt! } }
    if (channels && !kinds.has(channel.kind) && !codes.has(channel.code)) {
      return { code: 'CHANNEL', facts: { channel: channel.code } }
    }
    if (marketCodes && !marketCodes.has(market.code))
      return { code: 'MARKET', facts: { market: market.code } }
    if (countryCodes && !(country && countryCodes.has(country)))
      return { code: 'COUNTRY', facts: { ...(country ? { country } : {}), available: countries! } }
    if (currencies && !currencies.has(market.currency)) {
      return { code: 'CURRENCY', facts: { currency: market.currency, available: [...currencies] } }
    }
    const state = hours?.(at, zoneOf(market))
    if (state && !state.open) return { code: 'NOT_NOW', facts: nextStart(state.until, ends) }
    return audienceGate?.(context)
  }
}

const nextStart = (at: number, ends: number): { readonly nextStart?: string } =>
  at < ends ? { nextStart: new Date(at).toISOString() } : {}
