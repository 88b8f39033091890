import { allocate } from '@hilo/kernel'
import type { Candidate } from './admission.ts'
import { classBit } from './compile-promotion.ts'
import { amountOf, type PricedItem } from './items.ts'
import { combinable, giftsLeft, type Ledger, type LedgerEntry, type LedgerItem, pointsOf } from './ledger.ts'
import type { Miss } from './trace.ts'

/** What a promotion would do, as the ledger stands. All amounts are positive. */
export interface Proposal {
  readonly candidate: Candidate
  readonly onItems: readonly ItemReduction[]
  readonly onDelivery: bigint
  /** What it takes off, or what its gift is worth. */
  readonly total: bigint
  readonly gift: PricedItem | undefined
  readonly points: number
}

/** What is taken off one item of the ledger; `unit` is its new unit price when that is what changed. */
export interface ItemReduction {
  readonly index: number
  readonly amount: bigint
  readonly unit?: bigint
}

/** A part of a proposal, with the rest of it empty. */
export const proposalOf = (candidate: Candidate, part: Partial<Proposal>): Proposal => ({
  candidate,
  onItems: [],
  onDelivery: 0n,
  total: 0n,
  gift: undefined,
  points: 0,
  ...part,
})

/** True for a reason not to apply. */
export const isMiss = (answer: Proposal | Miss): answer is Miss => 'code' in answer

/** What a promotion would do now, or why it does not apply. Changes nothing. */
export const propose = (ledger: Ledger, candidate: Candidate): Proposal | Miss => {
  const { compiled } = candidate.promotion
  const winner = ledger.groups.get(compiled.definition.exclusivityGroup ?? '')
  if (winner) return lostTo(winner)
  const { items, cart, context, delivery } = ledger
  const { reduction } = compiled
  const eligible = ledger.eligible.get(candidate)?.map((index) => items[index]!) ?? items
  if (eligible.length === 0) return { code: 'NO_ELIGIBLE_ITEMS', facts: {} }
  if (reduction.on === 'DELIVERY' && !delivery) return { code: 'NO_DELIVERY', facts: {} }
  const unmet = compiled.unmet({ items, eligible, context, cart })
  if (unmet) return unmet
  const answer = proposeFor(ledger, candidate, eligible)
  if (isMiss(answer)) return answer
  if (answer.total === 0n && !answer.gift && answer.points === 0)
    return { code: 'NOTHING_TO_DISCOUNT', facts: {} }
  return overBudget(ledger, answer) ?? answer
}

/** The miss of a promotion whose place another took. */
export const lostTo = (winner: Candidate): Miss => ({
  code: 'LOST_TO',
  facts: { promotionId: winner.promotion.id },
})

const proposeFor = (
  ledger: Ledger,
  candidate: Candidate,
  eligible: readonly LedgerItem[],
): Proposal | Miss => {
  switch (candidate.promotion.compiled.reduction.on) {
    case 'UNIT':
    case 'ITEMS':
      return onItems(ledger, candidate, eligible)
    case 'DELIVERY':
      return onDelivery(ledger, candidate)
    case 'GIFT':
    case 'POINTS':
      return beside(ledger, candidate, eligible)
  }
}

/** A budget is kept to the cent: what does not fit into the rest of it is not given in part. */
const overBudget = ({ context }: Ledger, { candidate, total }: Proposal): Miss | undefined => {
  const { budgetLeft } = candidate.promotion
  const { currency } = context.market
  if (budgetLeft?.currency !== currency || total <= budgetLeft.amountMinor) return undefined
  const fact = (amount: bigint) => ({ amountMinor: Number(amount), currency })
  return { code: 'BUDGET_SPENT', facts: { left: fact(budgetLeft.amountMinor), need: fact(total) } }
}

const onItems = (ledger: Ledger, candidate: Candidate, eligible: readonly LedgerItem[]): Proposal | Miss => {
  const open = eligible.filter((item) => isOpen(ledger, item, candidate))
  if (open.length === 0) return closedBy(ledger, eligible[0]!, candidate)
  const { reduction, caps } = candidate.promotion.compiled
  const { currency } = ledger.context.market
  const cap = caps.get(currency)
  if (reduction.on === 'UNIT') {
    return reducing(
      candidate,
      open.map((item) => {
        const floor = cap === undefined || cap > item.unit ? 0n : item.unit - cap
        const wanted = reduction.price(item.unit, currency)
        const unit = wanted < floor ? floor : wanted
        return { index: item.index, amount: amountOf(item.unit, item) - amountOf(unit, item), unit }
      }),
    )
  }
  if (reduction.on !== 'ITEMS') return { code: 'NOTHING_TO_DISCOUNT', facts: {} }
  const amounts = reduction.reduce(open, currency)
  if ('code' in amounts) return amounts
  const total = amounts.reduce((sum, amount) => sum + amount, 0n)
  const capped = cap !== undefined && total > cap ? allocate(cap, amounts) : amounts
  return reducing(
    candidate,
    open.map(({ index }, place) => ({ index, amount: capped[place]! })),
  )
}

const reducing = (candidate: Candidate, reductions: readonly ItemReduction[]): Proposal => {
  const positive: ItemReduction[] = []
  let total = 0n
  for (const reduction of reductions) {
    if (reduction.amount === 0n) continue
    positive.push(reduction)
    total += reduction.amount
  }
  return proposalOf(candidate, { onItems: positive, total })
}

const onDelivery = (ledger: Ledger, candidate: Candidate): Proposal | Miss => {
  const { reduction, caps } = candidate.promotion.compiled
  const { currency } = ledger.context.market
  const cap = caps.get(currency)
  const delivery = ledger.delivery!
  const barrier = [delivery, ...ledger.items].find((entry) => !isOpen(ledger, entry, candidate))
  if (barrier) return closedBy(ledger, barrier, candidate)
  const wanted = reduction.on === 'DELIVERY' ? reduction.reduce(delivery.left, currency) : 0n
  const amount = cap !== undefined && wanted > cap ? cap : wanted
  return proposalOf(candidate, { onDelivery: amount, total: amount })
}

/** Gifts and points reduce nothing: only their own `combinesWith` can keep them out. */
const beside = (ledger: Ledger, candidate: Candidate, eligible: readonly LedgerItem[]): Proposal | Miss => {
  const { reduction, combines } = candidate.promotion.compiled
  const entries = ledger.delivery ? [...ledger.items, ledger.delivery] : ledger.items
  const barrier = entries.find(({ classes }) => (classes & combines) !== classes)
  const other = barrier?.by.find(({ promotion }) => (classBit(promotion.compiled.class) & combines) === 0)
  if (other) return { code: 'NOT_COMBINABLE', facts: { with: other.promotion.id } }
  if (reduction.on === 'POINTS') {
    const points = reduction.earn(eligible, ledger.context.market.currency, pointsOf(ledger))
    return typeof points === 'number' ? proposalOf(candidate, { points }) : points
  }
  if (reduction.on !== 'GIFT') return { code: 'NOTHING_TO_DISCOUNT', facts: {} }
  const quantity = reduction.quantity(eligible)
  if (typeof quantity !== 'number') return quantity
  const { variantId } = reduction
  if (quantity > giftsLeft(ledger, variantId))
    return { code: 'GIFT_UNAVAILABLE', facts: { variantId, quantity } }
  const gift = ledger.priceGift(variantId, quantity)
  if (!gift) return { code: 'GIFT_UNAVAILABLE', facts: { variantId } }
  return proposalOf(candidate, { gift, total: amountOf(gift.facts.price, gift) })
}

const isOpen = (ledger: Ledger, entry: LedgerEntry, { promotion }: Candidate): boolean =>
  entry.by.length === 0 ||
  (!closesAfterOne(ledger, entry, promotion.compiled.class) &&
    combinable(entry, promotion.compiled.class, promotion.compiled.combines))

/** In `BEST_DEAL` one promotion closes an item to others; delivery is apart from the items. */
const closesAfterOne = (ledger: Ledger, entry: LedgerEntry, name: string): boolean =>
  ledger.onePerItem && (name !== 'SHIPPING' || entry === ledger.delivery)

const closedBy = (ledger: Ledger, entry: LedgerEntry, { promotion }: Candidate): Miss => {
  const { class: name, combines } = promotion.compiled
  if (closesAfterOne(ledger, entry, name)) return lostTo(entry.by[0]!)
  const other = entry.by.find(
    ({ promotion: { compiled } }) =>
      !combinable({ classes: classBit(compiled.class), combines: compiled.combines }, name, combines),
  )
  return { code: 'NOT_COMBINABLE', facts: { with: (other ?? entry.by[0]!).promotion.id } }
}
