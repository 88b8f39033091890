import type { CartInput, PricingContext } from '../cart.ts'
import type { Condition } from '../conditions.ts'
import type { PromotionDefinition } from '../definition.ts'
import { price } from '../price.ts'
import type { Facts, TraceCode } from '../trace.ts'
import { context, lines, promotion, snapshot } from './shop.ts'

/** Two A of 10.00 and one B of 5.00. */
const CART: CartInput = { lines: lines({ price: 1000, quantity: 2 }, { price: 500 }) }

/** What the trace of a promotion with this one condition says; of a cart of three units unless another is given. */
export const outcomeOf = (
  condition: Condition,
  rest: {
    readonly cart?: CartInput
    readonly items?: PromotionDefinition['items']
    readonly asks?: PricingContext
  } = {},
): { readonly code: TraceCode; readonly facts: Facts } => {
  const offer = promotion('p', {
    items: rest.items,
    conditions: [condition],
    effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' },
  })
  const [entry] = price(rest.cart ?? CART, rest.asks ?? context(), snapshot([offer])).trace
  return { code: entry!.code, facts: entry!.facts }
}

/** The outcome of a promotion that applies. */
export const APPLIED = { code: 'APPLIED', facts: {} }
