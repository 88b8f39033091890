import type { Candidate } from './admission.ts'
import type { CartInput, PricingContext, PricingSnapshot } from './cart.ts'
import { classBit } from './compile-promotion.ts'
import type { PromotionClass } from './definition.ts'
import type { Item } from './effect.ts'
import { amountOf, type PricedItem } from './items.ts'
import type { Proposal } from './propose.ts'
import type { Miss } from './trace.ts'

/** What is left to pay while promotions are evaluated, and who took what. One per way of combining them. */
export interface Ledger {
  readonly context: PricingContext
  readonly items: readonly LedgerItem[]
  readonly delivery: LedgerEntry | undefined
  readonly cart: CartInput
  readonly priceGift: Opening['priceGift']
  readonly giftStock: Opening['giftStock']
  readonly eligible: Opening['eligible']
  /** True in `BEST_DEAL`: what one promotion reduced is closed to every other. */
  readonly onePerItem: boolean
  readonly applied: Proposal[]
  readonly missed: Map<Candidate, Miss>
  /** Exclusivity groups that have a winner. */
  readonly groups: Map<string, Candidate>
}

/** An amount and the promotions that reduced it. */
export interface LedgerEntry {
  left: bigint
  readonly by: Candidate[]
  /** Bits of the classes in `by`. */
  classes: number
  /** Bits of the classes that all in `by` combine with. */
  combines: number
}

/** An item in the ledger. */
export interface LedgerItem extends LedgerEntry, Item {
  readonly index: number
  unit: bigint
  left: bigint
}

/** What a ledger starts from. */
export interface Opening {
  readonly context: PricingContext
  readonly cart: CartInput
  readonly items: readonly PricedItem[]
  /** Places of the items that each candidate's predicate matches; absent for those without one. */
  readonly eligible: ReadonlyMap<Candidate, readonly number[]>
  /** What a gift would cost; `undefined` when this variant cannot be given now. */
  readonly priceGift: (variantId: string, quantity: number) => PricedItem | undefined
  readonly giftStock: PricingSnapshot['giftStock']
}

const untouched = () => ({ by: [], classes: 0, combines: ~0 })

/** A ledger in which nothing has been reduced yet. */
export const openLedger = ({ items, ...opening }: Opening): Ledger => ({
  ...opening,
  items: items.map(({ facts, per, quantity }, index) => ({
    index,
    facts,
    quantity,
    per,
    count: per === 1n ? quantity : quantity / per,
    unit: facts.price,
    left: amountOf(facts.price, { quantity, per }),
    ...untouched(),
  })),
  delivery: opening.cart.delivery && { left: opening.cart.delivery.amountMinor, ...untouched() },
  onePerItem: opening.context.market.stacking === 'BEST_DEAL',
  applied: [],
  missed: new Map(),
  groups: new Map(),
})

/** What the customer still pays, as the market enters prices, less what gifts are worth: the measure of what is best. */
export const payable = (ledger: Ledger): bigint => {
  const due = ledger.items.reduce((sum, item) => sum + item.left, ledger.delivery?.left ?? 0n)
  return ledger.applied.reduce((sum, { gift, total }) => (gift ? sum - total : sum), due)
}

/** Units of a gift that are left after what was given so far. */
export const giftsLeft = ({ applied, giftStock }: Ledger, variantId: string): number =>
  applied.reduce(
    (left, { gift }) => (gift?.facts.variantId === variantId ? left - Number(gift.quantity) : left),
    giftStock?.get(variantId) ?? Infinity,
  )

/** The points earned so far. */
export const pointsOf = (ledger: Ledger): number =>
  ledger.applied.reduce((sum, { points }) => sum + points, 0)

/** True when a promotion of this class, that combines with these, may reduce what others reduced before. */
export const combinable = (
  entry: Pick<LedgerEntry, 'classes' | 'combines'>,
  name: PromotionClass,
  combines: number,
): boolean => (combines & entry.classes) === entry.classes && (entry.combines & classBit(name)) !== 0

const touch = (entry: LedgerEntry, candidate: Candidate): void => {
  const { compiled } = candidate.promotion
  entry.by.push(candidate)
  entry.classes |= classBit(compiled.class)
  entry.combines &= compiled.combines
}

/** Takes a proposal's amounts off. */
export const record = (ledger: Ledger, proposal: Proposal): void => {
  const { candidate, onDelivery, onItems } = proposal
  for (const { index, amount, unit } of onItems) {
    const item = ledger.items[index]!
    item.left -= amount
    if (unit !== undefined) item.unit = unit
    touch(item, candidate)
  }
  if (ledger.delivery && onDelivery > 0n) {
    ledger.delivery.left -= onDelivery
    touch(ledger.delivery, candidate)
  }
  ledger.applied.push(proposal)
  const group = candidate.promotion.compiled.definition.exclusivityGroup
  if (group !== undefined) ledger.groups.set(group, candidate)
}
