import type { ConditionKind } from './condition.ts'
import { deliveryMethod } from './conditions/delivery-method.ts'
import { distinctItems } from './conditions/distinct-items.ts'
import { minQuantity } from './conditions/min-quantity.ts'
import { minSubtotal } from './conditions/min-subtotal.ts'
import { orderCount } from './conditions/order-count.ts'
import { paymentMethod } from './conditions/payment-method.ts'

/** Every kind of condition, by its name. A new kind is a file in `conditions/` and a line here. */
export const CONDITIONS = {
  DELIVERY_METHOD: deliveryMethod,
  DISTINCT_ITEMS: distinctItems,
  MIN_QUANTITY: minQuantity,
  MIN_SUBTOTAL: minSubtotal,
  ORDER_COUNT: orderCount,
  PAYMENT_METHOD: paymentMethod,
} as const

/** The name of a kind of condition, which is also its code in the trace. */
export type ConditionKindName = keyof typeof CONDITIONS

type ConditionOf<K> = K extends ConditionKind<infer C> ? C : never

/** What must hold for a promotion to apply. */
export type Condition = ConditionOf<(typeof CONDITIONS)[ConditionKindName]>

/** The kind that a condition is of. */
export const conditionKindOf = (condition: Condition): ConditionKind<Condition> =>
  CONDITIONS[condition.kind] as unknown as ConditionKind<Condition>
