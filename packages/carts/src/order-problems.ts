import { INVENTORY, MAX_QUANTITY_TOLD, sumDemand, type Supply } from '@hilo/inventory'
import { type Channel, encodeId, type Err, type Market, money, type Refusal } from '@hilo/kernel'
import type { CodeOutcome, Facts, PricedCart } from '@hilo/pricing'
import { type ChangedPrice, PROMOTION_REFUSALS } from '@hilo/promotions'
import { CARTS } from './errors.ts'
import { quantityProblem } from './goods-of-lines.ts'
import type { Line } from './line.ts'
import type { PricedLines } from './price-lines.ts'

type CouponRefusal = (coupon: string, path: readonly string[], facts: Facts) => Err

/**
 * Codes that can never help this cart, by the reason that `price` gives. Any other reason, such as a subtotal that is
 * not reached yet, keeps the code in the cart.
 */
const USELESS: Readonly<Record<string, CouponRefusal>> = {
  UNKNOWN_CODE: (coupon, path) => PROMOTION_REFUSALS.refuse('COUPON_UNKNOWN', { coupon }, path),
  PAUSED: (coupon, path) => PROMOTION_REFUSALS.refuse('COUPON_PAUSED', { coupon }, path),
  LIMIT_REACHED: (coupon, path) => PROMOTION_REFUSALS.refuse('COUPON_SPENT', { coupon }, path),
  HELD: (coupon, path, { until }) =>
    PROMOTION_REFUSALS.refuse('COUPON_HELD', { coupon, until: until as string }, path),
  BUDGET_SPENT: (coupon, path) => PROMOTION_REFUSALS.refuse('COUPON_SPENT', { coupon }, path),
  NOT_STARTED: (coupon, path) => CARTS.refuse('COUPON_NOT_STARTED', { coupon }, path),
  EXPIRED: (coupon, path) => CARTS.refuse('COUPON_EXPIRED', { coupon }, path),
  WITHDRAWN: (coupon, path) => CARTS.refuse('COUPON_WITHDRAWN', { coupon }, path),
  CHANNEL: (coupon, path) => CARTS.refuse('COUPON_NOT_HERE', { coupon }, path),
  MARKET: (coupon, path) => CARTS.refuse('COUPON_NOT_HERE', { coupon }, path),
  CURRENCY: (coupon, path) => CARTS.refuse('COUPON_NOT_HERE', { coupon }, path),
  AUDIENCE: (coupon, path) => CARTS.refuse('COUPON_NOT_FOR_YOU', { coupon }, path),
  CUSTOMER_LIMIT: (coupon, path) => CARTS.refuse('COUPON_NOT_FOR_YOU', { coupon }, path),
}

/** Why a code is refused, or nothing when it applies or may yet. */
export const couponProblem = (outcome: CodeOutcome, path: readonly string[]): Refusal | undefined =>
  outcome.outcome === 'REFUSED'
    ? USELESS[outcome.reason]?.(outcome.code, path, outcome.facts).error
    : undefined

type PricedIn = Pick<Channel, 'code' | 'market'>

const lineProblems = (priced: PricedCart, channel: PricedIn): Refusal[] =>
  priced.problems.map(({ code, lineId, sku }) => {
    const path = lineId ? ['lines', encodeId('line', lineId)] : ['lines']
    const refused =
      code === 'NOT_PRICED'
        ? CARTS.refuse('NOT_PRICED', { sku: sku ?? '', channel: channel.code }, path)
        : CARTS.refuse('AMOUNT_TOO_LARGE', {}, path)
    return refused.error
  })

/** The refusal of a quoted price that holds no longer: what was quoted, and what one unit costs now. */
export const priceChanged = ({ lineId, quote, unit }: ChangedPrice): Refusal =>
  CARTS.refuse(
    'PRICE_CHANGED',
    { expected: money(BigInt(quote.unitMinor), quote.currency), actual: money(unit, quote.currency) },
    ['lines', encodeId('line', lineId)],
  ).error

const countryProblems = (country: string | undefined, { countries }: Market): Refusal[] => {
  if (country === undefined) return []
  // Where the change is not known yet it would stand among those that are served.
  const served = countries.filter((each) => each !== country)
  return [CARTS.refuse('COUNTRY_NOT_SERVED', { country, countries: served }, ['address', 'country']).error]
}

/** What would refuse an order but for its stock: no lines, a country that is not served, lines without price or in a quantity that is not sold, quoted prices that are others by now, codes that can never help. */
export const cartProblems = (
  lines: readonly Line[],
  {
    priced,
    changedPrices,
    goods,
    unservedCountry,
  }: Pick<PricedLines, 'priced' | 'changedPrices' | 'goods' | 'unservedCountry'>,
  channel: PricedIn,
): readonly Refusal[] => {
  if (lines.length === 0) return [CARTS.refuse('CART_EMPTY', {}, ['cartId']).error]
  const coupons = priced.codes.flatMap((outcome) => couponProblem(outcome, ['coupons']) ?? [])
  const quantities = lines.flatMap(
    (line) => quantityProblem(line, goods, ['lines', encodeId('line', line.id)]) ?? [],
  )
  return [
    ...countryProblems(unservedCountry, channel.market),
    ...lineProblems(priced, channel),
    ...quantities,
    ...changedPrices.map(priceChanged),
    ...coupons,
  ]
}

/** Of what there is less on the shelf than the lines together need, components of bundles included. */
export const stockProblems = (
  lines: readonly Line[],
  priced: PricedCart,
  supplies: readonly Supply[],
): readonly Refusal[] => {
  const sold = new Set(priced.lines.map(({ variantId }) => variantId))
  const byWanted = Map.groupBy(
    supplies.filter(({ counted }) => counted),
    ({ wantedId }) => wantedId,
  )
  const shelf = new Map(supplies.map((supply) => [supply.variantId, supply]))
  const takes = lines
    .filter(({ variantId }) => sold.has(variantId))
    .flatMap(({ variantId, quantity }) =>
      (byWanted.get(variantId) ?? []).map((supply) => ({ ...supply, quantity: supply.takes * quantity })),
    )
  return [...sumDemand(takes)].flatMap(([variantId, wanted]) => {
    const { sku, available } = shelf.get(variantId)!
    const requested = Math.min(wanted, MAX_QUANTITY_TOLD)
    return available >= wanted
      ? []
      : [INVENTORY.refuse('OUT_OF_STOCK', { sku, requested, available }, ['lines']).error]
  })
}
