import { currency, MAX_AMOUNT_MINOR } from '@hilo/kernel'
import { admit, inOrder } from './admission.ts'
import { writeBill } from './bill.ts'
import type { CartInput, PricingContext, PricingSnapshot, PromotionInput } from './cart.ts'
import { collectItems, eligibleItems, priceGift, sortItems } from './items.ts'
import type { PricedCart, PricingProblem } from './priced-cart.ts'
import { settle } from './settle.ts'
import { couponStarts, offerStarts, type Start, startOutcomes } from './starts.ts'
import type { Miss, TraceEntry } from './trace.ts'

/**
 * What a cart costs, and why. Pure and deterministic: the same three arguments give the same answer in every channel.
 * Amounts are minor units of the market's currency. What cannot be priced is a problem in the answer; throws
 * `RangeError` only for a market without an ISO 4217 currency or a `now` that is not a time.
 */
export const price = (cart: CartInput, context: PricingContext, snapshot: PricingSnapshot): PricedCart => {
  currency(context.market.currency)
  const at = Date.parse(context.now)
  if (Number.isNaN(at)) throw new RangeError(`Not a time: ${JSON.stringify(context.now)}`)
  const ordered = inOrder(snapshot.promotions)
  const starts = {
    COUPON: couponStarts(cart.couponCodes, snapshot.coupons, at),
    OFFER: offerStarts(cart.offerIds, snapshot.offers, at),
  }
  const { candidates, refused } = admit(ordered, { context, at }, starts)
  const collected = collectItems(cart, context, snapshot)
  const predicates = candidates.flatMap(({ promotion }) => promotion.compiled.predicates)
  const items = sortItems(collected.items, predicates)
  const { ledger, missed } = settle(candidates, {
    cart,
    context,
    items,
    eligible: eligibleItems(candidates, items),
    giftStock: snapshot.giftStock,
    priceGift: (variantId, quantity) => {
      const facts = snapshot.gifts?.get(variantId)
      return facts && priceGift(facts, quantity, { context, snapshot })
    },
  })

  const misses = new Map<PromotionInput, Miss>(refused)
  for (const [{ promotion }, miss] of missed) misses.set(promotion, miss)
  const trace = ordered.map((promotion) => traceOf(promotion, misses.get(promotion), context))
  const bill = writeBill(cart, context, snapshot, { items, ledger })
  const tooLarge: PricingProblem[] =
    bill.totals.total > MAX_AMOUNT_MINOR || bill.totals.subtotal > MAX_AMOUNT_MINOR
      ? [{ code: 'AMOUNT_TOO_LARGE' }]
      : []
  const ofPromotion = new Map(
    ordered.map(({ id, compiled }, index) => [id, { compiled, entry: trace[index]! }]),
  )
  const entryOf = ({ promotionId, trigger }: Start) => {
    const known = ofPromotion.get(promotionId)
    return known?.compiled.definition.trigger === trigger ? known.entry : undefined
  }
  const codes = startOutcomes(starts.COUPON, entryOf)
  const offers = startOutcomes(starts.OFFER, entryOf)
  return {
    currency: context.market.currency,
    pricesIncludeTax: context.market.pricesIncludeTax,
    ...bill,
    trace,
    codes: codes.map((outcome, index) => ({ code: starts.COUPON.keys[index]!, ...outcome })),
    offers: offers.map((outcome, index) => ({ offerId: starts.OFFER.keys[index]!, ...outcome })),
    problems: [...collected.problems, ...tooLarge],
  }
}

const traceOf = (
  { id, version, name, compiled }: PromotionInput,
  miss: Miss | undefined,
  context: PricingContext,
): TraceEntry => ({
  promotionId: id,
  version,
  name,
  class: compiled.class,
  outcome: miss ? 'SKIPPED' : 'APPLIED',
  code: miss?.code ?? 'APPLIED',
  facts: miss?.facts ?? {},
  effect: compiled.definition.effect,
  currency: context.market.currency,
})
