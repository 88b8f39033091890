import type { PricingContext } from './cart.ts'
import type { Audience } from './definition.ts'
import { metresBetween } from './place.ts'
import type { Miss } from './trace.ts'

type Customer = NonNullable<PricingContext['customer']>

/** Compiles who a promotion is for: a guest hears that signing in may help, others what they lack. */
export const compileAudience = (audience: Audience): ((context: PricingContext) => Miss | undefined) => {
  const { deviceKinds, loggedIn, near } = audience
  const devices = deviceKinds && new Set(deviceKinds)
  const isForKnown = needsCustomer(audience)
  const isForAll = !choosesCustomers(audience)
  const lacks = compileCustomer(audience)
  return ({ customer, device, place }): Miss | undefined => {
    if (!customer && isForKnown)
      return { code: 'LOGIN_REQUIRED', facts: isForAll ? {} : { someCustomers: true } }
    if (customer && loggedIn === false) return { code: 'AUDIENCE', facts: { loggedIn: false } }
    const lack = customer && lacks(customer)
    if (lack) return { code: 'AUDIENCE', facts: lack }
    if (devices && (!device || !devices.has(device.kind))) {
      return { code: 'AUDIENCE', facts: { deviceKinds: [...devices] } }
    }
    if (!near) return undefined
    const { radiusMetres } = near
    if (!place) return { code: 'NOT_NEAR', facts: { radiusMetres } }
    const metres = Math.round(metresBetween(place, near))
    return metres > radiusMetres ? { code: 'NOT_NEAR', facts: { radiusMetres, metres } } : undefined
  }
}

const choosesCustomers = ({ customerGroups, firstOrder, loyaltyTiers, segments }: Audience): boolean =>
  [customerGroups, segments, loyaltyTiers, firstOrder].some((wanted) => wanted !== undefined)

const needsCustomer = (audience: Audience): boolean =>
  audience.loggedIn === true || choosesCustomers(audience)

const compileCustomer = ({ customerGroups, firstOrder, loyaltyTiers, segments }: Audience) => {
  const groupCodes = customerGroups && new Set(customerGroups)
  const segmentCodes = segments && new Set(segments)
  const tiers = loyaltyTiers && new Set(loyaltyTiers)
  return ({
    groups,
    loyaltyTier,
    orderCount,
    segments: member = [],
  }: Customer): Miss['facts'] | undefined => {
    if (groupCodes && !groups.some(({ code }) => groupCodes.has(code)))
      return { customerGroups: [...groupCodes] }
    if (segmentCodes && !member.some(({ code }) => segmentCodes.has(code)))
      return { segments: [...segmentCodes] }
    if (tiers && (loyaltyTier === undefined || !tiers.has(loyaltyTier))) return { loyaltyTiers: [...tiers] }
    if (firstOrder !== undefined && (orderCount === 0) !== firstOrder) return { firstOrder }
    return undefined
  }
}
