import type { PricingMarket } from './cart.ts'
import type { CompiledPromotion } from './compile-promotion.ts'
import { zoneOf } from './gate.ts'

/**
 * When a promotion starts or stops next by itself (its window, its weekly hours), after `now`; ISO 8601, `undefined`
 * when it never does. What a shelf shows can be kept until then.
 */
export const nextChange = (
  { window: { starts, ends, hours } }: Pick<CompiledPromotion, 'window'>,
  now: string,
  market: Pick<PricingMarket, 'timeZone'>,
): string | undefined => {
  const at = Date.parse(now)
  if (at >= ends) return undefined
  const next = at < starts ? starts : Math.min(ends, hours?.(at, zoneOf(market)).until ?? Infinity)
  return Number.isFinite(next) ? new Date(next).toISOString() : undefined
}
