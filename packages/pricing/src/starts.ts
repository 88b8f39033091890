import type { CouponInput, OfferInput } from './cart.ts'
import type { PromotionTrigger } from './definition.ts'
import type { Miss, StartOutcome, TraceEntry } from './trace.ts'

/** A code or an offer of the cart that starts a promotion. */
export interface Start {
  readonly trigger: Exclude<PromotionTrigger, 'AUTOMATIC'>
  /** The code, or the id of the offer. */
  readonly key: string
  readonly promotionId: string
  /** Why it starts nothing any more. */
  readonly miss: Miss | undefined
}

/** The codes, or the offers, of a cart. */
export interface Starts {
  readonly keys: readonly string[]
  readonly unknown: 'UNKNOWN_CODE' | 'UNKNOWN_OFFER'
  readonly known: ReadonlyMap<string, Start>
  /** What starts each promotion: the first entered, or the first that still can. */
  readonly first: ReadonlyMap<string, Start>
}

/** What the codes of a cart start at an instant, in milliseconds since 1970. */
export const couponStarts = (
  keys: readonly string[] = [],
  coupons: readonly CouponInput[] = [],
  at: number,
): Starts =>
  startsOf(
    keys,
    'UNKNOWN_CODE',
    coupons.map((coupon) => ({
      trigger: 'COUPON',
      key: coupon.code,
      promotionId: coupon.promotionId,
      miss: couponMiss(coupon, at),
    })),
  )

/** A limit that is reached for a while only. */
export const heldMiss = ({ heldUntil }: { readonly heldUntil?: string }): Miss | undefined =>
  heldUntil === undefined ? undefined : { code: 'HELD', facts: { until: heldUntil } }

const couponMiss = (coupon: CouponInput, at: number): Miss | undefined => {
  const { code: couponCode, customerLimitReached, expiresAt, limitReached, withdrawn } = coupon
  if (withdrawn) return { code: 'WITHDRAWN', facts: { couponCode } }
  if (expiresAt !== undefined && at >= Date.parse(expiresAt))
    return { code: 'EXPIRED', facts: { couponCode, endsAt: expiresAt } }
  if (limitReached) return heldMiss(coupon) ?? { code: 'LIMIT_REACHED', facts: { couponCode } }
  return customerLimitReached ? { code: 'CUSTOMER_LIMIT', facts: { couponCode } } : undefined
}

/** What the offers of a cart start at an instant, in milliseconds since 1970. */
export const offerStarts = (
  keys: readonly string[] = [],
  offers: readonly OfferInput[] = [],
  at: number,
): Starts =>
  startsOf(
    keys,
    'UNKNOWN_OFFER',
    offers.map((offer) => ({
      trigger: 'OFFER',
      key: offer.id,
      promotionId: offer.promotionId,
      miss: offerMiss(offer, at),
    })),
  )

const offerMiss = ({ expiresAt, id, limitReached }: OfferInput, at: number): Miss | undefined => {
  if (expiresAt !== undefined && at >= Date.parse(expiresAt))
    return { code: 'EXPIRED', facts: { endsAt: expiresAt } }
  return limitReached ? { code: 'LIMIT_REACHED', facts: { offerId: id } } : undefined
}

const startsOf = (keys: readonly string[], unknown: Starts['unknown'], all: readonly Start[]): Starts => {
  const known = new Map(all.map((start) => [start.key, start]))
  const first = new Map<string, Start>()
  for (const key of keys) {
    const start = known.get(key)
    const before = start && first.get(start.promotionId)
    if (start && (!before || (before.miss && !start.miss))) first.set(start.promotionId, start)
  }
  return { keys, unknown, known, first }
}

const REPEATED: StartOutcome = { outcome: 'IGNORED', reason: 'ALREADY_APPLIED', facts: {} }

/** What became of each code or offer, in the order entered. */
export const startOutcomes = (
  { first, keys, known, unknown }: Starts,
  entryOf: (start: Start) => TraceEntry | undefined,
): StartOutcome[] => {
  const seen = new Set<string>()
  return keys.map((key) => {
    if (seen.has(key)) return REPEATED
    seen.add(key)
    const start = known.get(key)
    const entry = start && entryOf(start)
    if (!entry) return { outcome: 'REFUSED', reason: unknown, facts: {} }
    const { miss, promotionId } = start
    if (first.get(promotionId) !== start) {
      return miss
        ? { outcome: 'REFUSED', reason: miss.code, facts: {}, promotionId }
        : { ...REPEATED, promotionId }
    }
    const outcome = entry.outcome === 'APPLIED' ? 'APPLIED' : 'REFUSED'
    return { outcome, reason: entry.code, facts: entry.facts, promotionId }
  })
}
