import { currency, MAX_AMOUNT_MINOR } from '@hilo/kernel'
import { admit, codeOutcomes, inOrder, startingCodes } from './admission.ts'
import { writeBill } from './bill.ts'
import type { CartInput, PricingContext, PricingSnapshot, PromotionInput } from './cart.ts'
import { collectItems, sortItems } from './items.ts'
import type { PricedCart, PricingProblem } from './priced-cart.ts'
import { settle } from './settle.ts'
import type { Miss, TraceEntry } from './trace.ts'

/**
 * What a cart costs, and why. Pure and deterministic: the same three arguments give the same answer in every channel.
 * Amounts are minor units of the market's currency. What cannot be priced is a problem in the answer; throws
 * `RangeError` only for a market without an ISO 4217 currency or a `now` that is not a time.
 */
export const price = (cart: CartInput, context: PricingContext, snapshot: PricingSnapshot): PricedCart => {
  currency(context.market.currency)
  const ordered = inOrder(snapshot.promotions)
  const started = startingCodes(cart, snapshot)
  const { candidates, refused } = admit(ordered, context, started)
  const collected = collectItems(cart, context, snapshot)
  const predicates = candidates.flatMap(({ promotion }) => promotion.compiled.predicates)
  const items = sortItems(collected.items, predicates)
  const { ledger, missed } = settle(candidates, { context, items, delivery: cart.delivery?.amountMinor })

  const misses = new Map<PromotionInput, Miss>(refused)
  for (const [{ promotion }, miss] of missed) misses.set(promotion, miss)
  const trace = ordered.map((promotion) => traceOf(promotion, misses.get(promotion), context))
  const bill = writeBill(cart, context, snapshot, { items, ledger })
  const tooLarge: PricingProblem[] =
    bill.totals.total > MAX_AMOUNT_MINOR ? [{ code: 'AMOUNT_TOO_LARGE' }] : []
  return {
    currency: context.market.currency,
    pricesIncludeTax: context.market.pricesIncludeTax,
    ...bill,
    gifts: [],
    points: 0,
    trace,
    codes: codeOutcomes(cart, snapshot, started, trace),
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
