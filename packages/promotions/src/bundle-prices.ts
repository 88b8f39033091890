import type { SoldVariant } from '@hilo/catalog'
import type { Uuid } from '@hilo/kernel'
import type { PriceQuestion } from '@hilo/prices'
import { bundlePrice, type FixedPrice, type PriceCandidate } from '@hilo/pricing'

/** What is sold, and the price of a bundle that follows from those of its components. */
export interface PricedVariant extends SoldVariant {
  readonly unitPrice?: FixedPrice
}

/** Prices of bundles that follow from their components: facts with them, and the rows of all that have prices of their own. */
export const withBundlePrices = (
  variants: readonly SoldVariant[],
  rows: ReadonlyMap<Uuid, readonly PriceCandidate[]>,
  { now, customerGroupIds, segmentIds = [], ...asked }: PriceQuestion,
): {
  readonly variants: ReadonlyMap<Uuid, PricedVariant>
  readonly prices: ReadonlyMap<Uuid, readonly PriceCandidate[]>
} => {
  const request = { ...asked, customerGroupIds, segmentIds, now: now.toISOString() }
  const priced = variants.map((variant): PricedVariant => {
    if (variant.reductionPpm === null || !variant.sold) return variant
    const parts = variant.parts.map((part) => ({ ...part, candidates: rows.get(part.variantId) ?? [] }))
    const unitPrice = bundlePrice(parts, variant.reductionPpm, request)
    return unitPrice ? { ...variant, unitPrice } : variant
  })
  const own = variants.filter(({ sold, reductionPpm }) => sold && reductionPpm === null)
  return {
    variants: new Map(priced.map((variant) => [variant.variantId, variant])),
    prices: new Map(
      own.flatMap(({ variantId }) => {
        const found = rows.get(variantId)
        return found ? [[variantId, found] as const] : []
      }),
    ),
  }
}
