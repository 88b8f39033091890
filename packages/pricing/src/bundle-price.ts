import { divideRounded, PPM } from '@hilo/kernel'
import type { FixedPrice } from './cart.ts'
import { choosePrice, type PriceCandidate, type PriceRequest } from './choose-price.ts'

/** A component of a bundle with the price rows that may hold for it. */
export interface BundlePart {
  readonly candidates: readonly PriceCandidate[]
  /** In one bundle; in units of 10^-scale of a measured component. */
  readonly quantity: number
  /** Of its measure; 0 when it is sold by the piece. */
  readonly scale: number
}

/**
 * What a bundle costs that follows from its components: the sum of what each costs in its quantity, less a rate in parts
 * per million. Each component is rounded once and the reduced sum once: it is the list price of the bundle, rounding
 * point 1. Components in a sale make it reduced against the same without sales. `undefined` while one has no price.
 */
export const bundlePrice = (
  parts: readonly BundlePart[],
  reductionPpm: number,
  request: Omit<PriceRequest, 'quantity'>,
): FixedPrice | undefined => {
  let [sum, regularSum] = [0n, 0n]
  for (const { candidates, quantity, scale } of parts) {
    const asked = { ...request, quantity }
    const chosen = choosePrice(candidates, asked)
    if (!chosen) return undefined
    const regular = choosePrice(
      candidates.filter(({ kind }) => kind !== 'SALE'),
      asked,
    )
    const costs = ({ amountMinor }: PriceCandidate) =>
      divideRounded(amountMinor * BigInt(quantity), 10n ** BigInt(scale))
    sum += costs(chosen)
    regularSum += costs(regular ?? chosen)
  }
  const left = PPM - BigInt(reductionPpm)
  const reduced = (amount: bigint) => divideRounded(amount * left, PPM)
  return { amountMinor: reduced(sum), listMinor: reduced(regularSum) }
}
