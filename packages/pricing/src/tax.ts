import { allocate, atRate, divideRounded, PPM } from '@hilo/kernel'
import type { PricingMarket } from './cart.ts'

/** An amount to be taxed, as the market enters prices. */
export interface Taxable {
  readonly amount: bigint
  readonly quantity: bigint
  readonly ratePpm: number
}

/** What is taxed, without and with tax. net + tax = gross. */
export interface Taxed {
  readonly net: bigint
  readonly tax: bigint
  readonly gross: bigint
}

/** Rounding point 3: the tax of each amount, rounded per line, per unit, or once per rate and split. */
export const taxAll = (taxables: readonly Taxable[], market: PricingMarket): Taxed[] => {
  const taxes =
    market.taxPer === 'ORDER' ? perOrder(taxables, market) : taxables.map((one) => taxOne(one, market))
  return taxables.map(({ amount }, index) => {
    const tax = taxes[index]!
    return market.pricesIncludeTax
      ? { net: amount - tax, tax, gross: amount }
      : { net: amount, tax, gross: amount + tax }
  })
}

const taxOf = (amount: bigint, ratePpm: number, { pricesIncludeTax }: PricingMarket): bigint => {
  const rate = BigInt(ratePpm)
  return pricesIncludeTax ? amount - divideRounded(amount * PPM, PPM + rate) : atRate(amount, rate)
}

const taxOne = ({ amount, quantity, ratePpm }: Taxable, market: PricingMarket): bigint => {
  if (market.taxPer !== 'UNIT') return taxOf(amount, ratePpm, market)
  // Equal shares differ by at most one minor unit, so two products replace one tax per unit.
  const share = amount / quantity
  const larger = amount % quantity
  return (quantity - larger) * taxOf(share, ratePpm, market) + larger * taxOf(share + 1n, ratePpm, market)
}

const perOrder = (taxables: readonly Taxable[], market: PricingMarket): bigint[] => {
  const taxes = taxables.map(() => 0n)
  const byRate = Map.groupBy(taxables.keys(), (index) => taxables[index]!.ratePpm)
  for (const [ratePpm, indexes] of byRate) {
    const amounts = indexes.map((index) => taxables[index]!.amount)
    const tax = taxOf(
      amounts.reduce((sum, amount) => sum + amount, 0n),
      ratePpm,
      market,
    )
    for (const [place, part] of allocate(tax, amounts).entries()) taxes[indexes[place]!] = part
  }
  return taxes
}
