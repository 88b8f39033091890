import { divideRounded } from '@hilo/kernel'
import type { PricedLine } from './priced-cart.ts'

/** Amounts of a line to be given back. net + tax = gross. */
export type RefundAmount = Pick<PricedLine, 'net' | 'tax' | 'gross'>

/**
 * What is given back for so many of a line's units, when `before` of them were given back already: the share of what
 * was paid for the first `before + units`, rounded half away, less the share of those before. So any order of refunds
 * sums to exactly what was paid, and any two equal parts differ by a minor unit at most; a measured line splits
 * alike. Throws `RangeError` for units that the line does not have.
 */
export const refundable = (
  line: Pick<PricedLine, 'quantity' | 'net' | 'tax'>,
  units: number,
  before = 0,
): RefundAmount => {
  const after = before + units
  if (
    !Number.isInteger(units) ||
    !Number.isInteger(before) ||
    units < 0 ||
    before < 0 ||
    after > line.quantity
  ) {
    throw new RangeError(`Not ${units} units after ${before} of ${line.quantity}`)
  }
  const share = (amount: bigint, count: number) =>
    divideRounded(amount * BigInt(count), BigInt(line.quantity))
  const between = (amount: bigint) => share(amount, after) - share(amount, before)
  const [net, tax] = [between(line.net), between(line.tax)]
  return { net, tax, gross: net + tax }
}
