import type { CartInput, PricingContext } from './cart.ts'
import type { AmountsByCurrency } from './definition.ts'
import type { Item } from './effect.ts'
import type { KindForm } from './form-hint.ts'
import type { ObjectSchema } from './json-schema.ts'
import type { Problem } from './problem.ts'
import type { Phrasing } from './phrasing.ts'
import type { Facts } from './trace.ts'

/** The cart at the moment when a condition is tested, as earlier promotions left it. */
export interface Situation {
  readonly items: readonly Item[]
  /** Those that the promotion's own predicate matches. */
  readonly eligible: readonly Item[]
  readonly context: PricingContext
  readonly cart: CartInput
}

/** One kind of condition. Its kind is also the code of the trace. One file of `conditions/` each. */
export interface ConditionKind<C extends { readonly kind: string }> {
  readonly kind: C['kind']
  readonly schema: ObjectSchema
  readonly form: KindForm
  readonly amounts?: (condition: C) => readonly AmountsByCurrency[]
  /** Why a valid condition can never hold. */
  readonly impossible?: (condition: C) => Problem | undefined
  /** Returns the facts that explain why it does not hold, or `undefined` when it does. */
  readonly compile: (condition: C) => (situation: Situation) => Facts | undefined
  /** "from 50.00 €", for the summary of a promotion. */
  readonly phrase: (condition: C, say: Phrasing) => string
  /** "12.40 € more for free delivery", from the facts and the phrase of the effect. */
  readonly message: (facts: Facts, reward: string, say: Phrasing) => string
}
