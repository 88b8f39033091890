import type { PricingContext } from './cart.ts'
import type { Audience, PromotionDefinition } from './definition.ts'
import type { Miss } from './trace.ts'

type Gate = (context: PricingContext, at: number) => Miss | undefined

/** Compiles everything that does not depend on the cart: time, place, currency and audience, in this order. */
export const compileGate = (
  definition: PromotionDefinition,
  currencies: ReadonlySet<string> | undefined,
): Gate => {
  const { startsAt, endsAt, channels, markets, audience } = definition
  const starts = startsAt === undefined ? -Infinity : Date.parse(startsAt)
  const ends = endsAt === undefined ? Infinity : Date.parse(endsAt)
  const kinds = new Set<string>(channels?.kinds)
  const codes = new Set(channels?.codes)
  const marketCodes = markets && new Set(markets)
  const audienceGate = audience && compileAudience(audience)
  return (context, at) => {
    const { channel, market } = context
    if (at < starts) return { code: 'NOT_STARTED', facts: { startsAt: startsAt! } }
    if (at >= ends) return { code: 'EXPIRED', facts: { endsAt: endsAt! } }
    if (channels && !kinds.has(channel.kind) && !codes.has(channel.code)) {
      return { code: 'CHANNEL', facts: { channel: channel.code } }
    }
    if (marketCodes && !marketCodes.has(market.code))
      return { code: 'MARKET', facts: { market: market.code } }
    if (currencies && !currencies.has(market.currency)) {
      return { code: 'CURRENCY', facts: { currency: market.currency, available: [...currencies] } }
    }
    return audienceGate?.(context)
  }
}

const compileAudience = ({ customerGroups, loggedIn, deviceKinds }: Audience) => {
  const groups = customerGroups && new Set(customerGroups)
  const devices = deviceKinds && new Set(deviceKinds)
  return ({ customer, device }: PricingContext): Miss | undefined => {
    if (!customer && (groups || loggedIn === true)) return { code: 'LOGIN_REQUIRED', facts: {} }
    if (customer && loggedIn === false) return { code: 'AUDIENCE', facts: { loggedIn: false } }
    if (groups && !customer!.groups.some((group) => groups.has(group.code))) {
      return { code: 'AUDIENCE', facts: { customerGroups: [...groups] } }
    }
    if (devices && (!device || !devices.has(device.kind))) {
      return { code: 'AUDIENCE', facts: { deviceKinds: [...devices] } }
    }
    return undefined
  }
}
