import type { PricingContext, PromotionInput } from './cart.ts'
import { PROMOTION_CLASSES, type PromotionTrigger } from './definition.ts'
import { heldMiss, type Start, type Starts } from './starts.ts'
import type { Miss } from './trace.ts'

/** A promotion that may look at the cart. */
export interface Candidate {
  readonly promotion: PromotionInput
  /** The code or offer that started it. */
  readonly start: Start | undefined
}

/** The exclusivity group of a candidate. */
export const groupOf = ({ promotion }: Candidate): string | undefined =>
  promotion.compiled.definition.exclusivityGroup

/** Promotions in the order of evaluation: class, priority, id. */
export const inOrder = (promotions: readonly PromotionInput[]): PromotionInput[] =>
  promotions.toSorted(
    (a, b) =>
      PROMOTION_CLASSES.indexOf(a.compiled.class) - PROMOTION_CLASSES.indexOf(b.compiled.class) ||
      a.compiled.priority - b.compiled.priority ||
      (a.id < b.id ? -1 : 1),
  )

/** Lets in the promotions that this request can get, in the order given, and says why each other cannot. */
export const admit = (
  promotions: readonly PromotionInput[],
  { context, at }: { readonly context: PricingContext; readonly at: number },
  starts: Readonly<Record<Start['trigger'], Starts>>,
): { readonly candidates: Candidate[]; readonly refused: Map<PromotionInput, Miss> } => {
  const candidates: Candidate[] = []
  const refused = new Map<PromotionInput, Miss>()
  for (const promotion of promotions) {
    const { definition, gate } = promotion.compiled
    const start =
      definition.trigger === 'AUTOMATIC' ? undefined : starts[definition.trigger].first.get(promotion.id)
    const miss =
      startMiss(definition.trigger, start) ??
      pauseMiss(promotion) ??
      gate(context, at) ??
      limitMiss(promotion, start)
    if (miss) refused.set(promotion, miss)
    else candidates.push({ promotion, start })
  }
  return { candidates, refused }
}

const MISSING = { COUPON: 'CODE_REQUIRED', OFFER: 'OFFER_REQUIRED' } as const

const startMiss = (trigger: PromotionTrigger, start: Start | undefined): Miss | undefined =>
  trigger === 'AUTOMATIC' || start ? undefined : { code: MISSING[trigger], facts: {} }

const pauseMiss = ({ paused }: PromotionInput): Miss | undefined =>
  paused ? { code: 'PAUSED', facts: {} } : undefined

const limitMiss = (promotion: PromotionInput, start: Start | undefined): Miss | undefined => {
  if (promotion.limitReached) return heldMiss(promotion) ?? { code: 'LIMIT_REACHED', facts: {} }
  if (start?.miss) return start.miss
  if (promotion.customerLimitReached) return { code: 'CUSTOMER_LIMIT', facts: {} }
  return promotion.budgetSpent ? { code: 'BUDGET_SPENT', facts: {} } : undefined
}
