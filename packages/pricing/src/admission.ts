import type { CartInput, PricingContext, PricingSnapshot, PromotionInput } from './cart.ts'
import { PROMOTION_CLASSES } from './definition.ts'
import type { CodeOutcome, Miss, TraceEntry } from './trace.ts'

/** A promotion that may look at the cart. */
export interface Candidate {
  readonly promotion: PromotionInput
  readonly couponCode: string | undefined
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
  context: PricingContext,
  started: ReadonlyMap<string, StartingCode>,
): { readonly candidates: Candidate[]; readonly refused: Map<PromotionInput, Miss> } => {
  const at = Date.parse(context.now)
  if (Number.isNaN(at)) throw new RangeError(`Not a time: ${JSON.stringify(context.now)}`)
  const candidates: Candidate[] = []
  const refused = new Map<PromotionInput, Miss>()
  for (const promotion of promotions) {
    const code = started.get(promotion.id)
    const miss =
      startMiss(promotion, code) ?? promotion.compiled.gate(context, at) ?? limitMiss(promotion, code)
    if (miss) refused.set(promotion, miss)
    else candidates.push({ promotion, couponCode: code?.code })
  }
  return { candidates, refused }
}

const startMiss = ({ compiled }: PromotionInput, code: StartingCode | undefined): Miss | undefined =>
  compiled.definition.trigger === 'COUPON' && !code ? { code: 'CODE_REQUIRED', facts: {} } : undefined

const limitMiss = (promotion: PromotionInput, code: StartingCode | undefined): Miss | undefined => {
  if (promotion.limitReached) return { code: 'LIMIT_REACHED', facts: {} }
  if (code?.limitReached) return { code: 'LIMIT_REACHED', facts: { couponCode: code.code } }
  if (promotion.customerLimitReached) return { code: 'CUSTOMER_LIMIT', facts: {} }
  return promotion.budgetSpent ? { code: 'BUDGET_SPENT', facts: {} } : undefined
}

/** The code that starts a promotion. */
export interface StartingCode {
  readonly code: string
  readonly limitReached: boolean
}

/** The code that starts each promotion: the first entered, or the first that is not used up. */
export const startingCodes = (cart: CartInput, snapshot: PricingSnapshot): Map<string, StartingCode> => {
  const coupons = new Map(snapshot.coupons?.map((coupon) => [coupon.code, coupon]))
  const started = new Map<string, StartingCode>()
  for (const code of cart.couponCodes ?? []) {
    const coupon = coupons.get(code)
    if (!coupon) continue
    const limitReached = coupon.limitReached ?? false
    const known = started.get(coupon.promotionId)
    if (!known || (known.limitReached && !limitReached))
      started.set(coupon.promotionId, { code, limitReached })
  }
  return started
}

/** What became of each code, in the order entered. */
export const codeOutcomes = (
  cart: CartInput,
  snapshot: PricingSnapshot,
  started: ReadonlyMap<string, StartingCode>,
  trace: readonly TraceEntry[],
): CodeOutcome[] => {
  const coupons = new Map(snapshot.coupons?.map((coupon) => [coupon.code, coupon]))
  const entries = new Map(trace.map((entry) => [entry.promotionId, entry]))
  const triggers = new Map(
    snapshot.promotions.map((promotion) => [promotion.id, promotion.compiled.definition.trigger]),
  )
  const seen = new Set<string>()
  return (cart.couponCodes ?? []).map((code): CodeOutcome => {
    const coupon = coupons.get(code)
    const entry = coupon && entries.get(coupon.promotionId)
    if (seen.has(code)) return { code, outcome: 'IGNORED', reason: 'ALREADY_APPLIED', facts: {} }
    seen.add(code)
    if (!coupon || !entry || triggers.get(coupon.promotionId) !== 'COUPON') {
      return { code, outcome: 'REFUSED', reason: 'UNKNOWN_CODE', facts: {} }
    }
    const { promotionId } = coupon
    if (started.get(promotionId)?.code !== code) {
      return coupon.limitReached
        ? { code, outcome: 'REFUSED', reason: 'LIMIT_REACHED', facts: {}, promotionId }
        : { code, outcome: 'IGNORED', reason: 'ALREADY_APPLIED', facts: {}, promotionId }
    }
    const outcome = entry.outcome === 'APPLIED' ? 'APPLIED' : 'REFUSED'
    return { code, outcome, reason: entry.code, facts: entry.facts, promotionId }
  })
}
