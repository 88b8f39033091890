import { atRate, type CurrencyCode, exponentOf, MAX_AMOUNT_MINOR, PPM } from '@hilo/kernel'

/**
 * What a derived price ends in: `TO_5` is a multiple of 0.05, `ENDS_95`, `ENDS_99` and `ENDS_00` are …,95, …,99 and …,00.
 * A currency without decimals has whole units in place of hundredths: 1,299 ¥.
 */
export const ROUNDINGS = ['NONE', 'TO_5', 'ENDS_95', 'ENDS_99', 'ENDS_00'] as const

/** What a derived price ends in. */
export type Rounding = (typeof ROUNDINGS)[number]

/** Which of the two amounts that end so is taken; the upper one when both are as near. */
export const ROUNDING_DIRECTIONS = ['NEAREST', 'UP', 'DOWN'] as const

/** Which of the two amounts that end so is taken. */
export type RoundingDirection = (typeof ROUNDING_DIRECTIONS)[number]

/** How a price follows from another. */
export interface Derivation {
  /** Parts per million of the base price: −100000 is 10 % less. At least −1000000. */
  readonly adjustmentPpm: number
  readonly rounding: Rounding
  readonly direction: RoundingDirection
}

/** In hundredths of a unit: every how many there is such an amount, and the first of them. */
const GRID: Readonly<Record<Exclude<Rounding, 'NONE'>, { readonly step: bigint; readonly first: bigint }>> = {
  TO_5: { step: 5n, first: 0n },
  ENDS_95: { step: 100n, first: 95n },
  ENDS_99: { step: 100n, first: 99n },
  ENDS_00: { step: 100n, first: 0n },
}

const hundredth = (currency: CurrencyCode): bigint => 10n ** BigInt(Math.max(0, exponentOf(currency) - 2))

const rounded = (amount: bigint, { rounding, direction }: Derivation, currency: CurrencyCode): bigint => {
  if (rounding === 'NONE') return amount
  const unit = hundredth(currency)
  const { step, first } = { step: GRID[rounding].step * unit, first: GRID[rounding].first * unit }
  const over = (((amount - first) % step) + step) % step
  if (over === 0n) return amount
  const below = amount - over
  const isUp = direction === 'UP' || (direction === 'NEAREST' && over * 2n >= step)
  const chosen = isUp ? below + step : below
  // Rounding gives nothing away: below the first such amount a price stays as it was worked out.
  return chosen > 0n ? chosen : amount
}

/**
 * The price that follows from a base price, in minor units: first the rate, half away from zero (the first rounding point),
 * then the ending. Never below zero nor above 2^53 − 1; a price of zero stays zero.
 */
export const derivePrice = (baseMinor: bigint, derivation: Derivation, currency: CurrencyCode): bigint => {
  const adjusted = atRate(baseMinor, PPM + BigInt(derivation.adjustmentPpm))
  if (adjusted <= 0n) return 0n
  const amount = rounded(adjusted, derivation, currency)
  return amount > MAX_AMOUNT_MINOR ? MAX_AMOUNT_MINOR : amount
}
