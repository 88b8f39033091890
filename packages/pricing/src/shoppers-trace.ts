import type { PricedCart } from './priced-cart.ts'
import type { Facts, SkipCode, TraceEntry } from './trace.ts'

/** Reasons that tell of the shop's plans and of other customers, and nothing that a shopper can do. */
const NOT_THEIRS: ReadonlySet<string> = new Set<SkipCode>([
  'CODE_REQUIRED',
  'OFFER_REQUIRED',
  'NOT_STARTED',
  'EXPIRED',
  'WITHDRAWN',
  'PAUSED',
  'CHANNEL',
  'MARKET',
  'CURRENCY',
  'AUDIENCE',
  'UNREADABLE',
])

/** Facts that are internal words and sums: who else gets it, and what its budget still holds. */
const INTERNAL: ReadonlySet<string> = new Set(['customerGroups', 'segments', 'loyaltyTiers', 'left'])

const withoutInternal = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => !INTERNAL.has(name)))

/**
 * The trace as a shopper may read it. A promotion that never was theirs to get is left out, unless the cart itself names
 * it by a code or an offer; facts about others, and what is left of a budget, are left out of the rest.
 */
export const shoppersTrace = ({
  trace,
  codes,
  offers,
}: Pick<PricedCart, 'trace' | 'codes' | 'offers'>): TraceEntry[] => {
  const named = new Set([...codes, ...offers].map(({ promotionId }) => promotionId))
  return trace
    .filter(({ code, promotionId }) => !NOT_THEIRS.has(code) || named.has(promotionId))
    .map((entry) => ({ ...entry, facts: withoutInternal(entry.facts) }))
}
