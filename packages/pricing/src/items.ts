import type { Candidate } from './admission.ts'
import { divideRounded, MAX_AMOUNT_MINOR, MAX_QUANTITY } from '@hilo/kernel'
import type {
  CartInput,
  FixedPrice,
  LineInput,
  PricingContext,
  PricingSnapshot,
  VariantFacts,
} from './cart.ts'
import { choosePrice, type PriceCandidate } from './choose-price.ts'
import type { ItemFacts, ItemTest } from './item-predicate.ts'
import type { PricingProblem } from './priced-cart.ts'

/**
 * What is priced as one: all lines of one variant at one price. A line split in two is still the same item, so the
 * split changes neither tiers nor discounts.
 */
export interface PricedItem {
  readonly facts: ItemFacts
  readonly lines: readonly ItemLine[]
  readonly quantity: bigint
  /** The quantity that a unit price is for: 1, of a measured variant 10^scale. */
  readonly per: bigint
  readonly priceId: string | undefined
  readonly priceListId: string | undefined
  readonly unitList: bigint
  readonly ratePpm: number
}

/** A line of an item, with its place in the cart. */
export interface ItemLine {
  readonly line: LineInput
  readonly index: number
  readonly quantity: bigint
}

/** Rounding point 1: what a quantity costs at a unit price. */
export const amountOf = (unit: bigint, { quantity, per }: Pick<PricedItem, 'quantity' | 'per'>): bigint =>
  per === 1n ? unit * quantity : divideRounded(unit * quantity, per)

/** The items of a cart in canonical order, and the lines that cannot be priced. */
export const collectItems = (
  cart: CartInput,
  context: PricingContext,
  snapshot: PricingSnapshot,
): { readonly items: PricedItem[]; readonly problems: PricingProblem[] } => {
  const problems: PricingProblem[] = []
  const refuse = (code: PricingProblem['code'], { id, sku }: LineInput) =>
    problems.push({ code, lineId: id, sku })
  const groups = new Map<string, ItemLine[]>()
  for (const [index, line] of cart.lines.entries()) {
    if (!Number.isInteger(line.quantity) || line.quantity < 1 || line.quantity > MAX_QUANTITY) {
      refuse('INVALID_QUANTITY', line)
      continue
    }
    const fixed = fixedKey(line)
    const key = `${line.variantId} ${line.taxClass} ${fixed}`
    const group = groups.get(key)
    const entry = { line, index, quantity: BigInt(line.quantity) }
    if (group) group.push(entry)
    else groups.set(key, [entry])
  }
  const items: PricedItem[] = []
  for (const lines of groups.values()) {
    const item = priceItem(lines, context, snapshot)
    if (typeof item === 'string') for (const { line } of lines) refuse(item, line)
    else items.push(item)
  }
  return { items, problems }
}

/** Lines whose prices were fixed at the same amount are one item; one that is settled takes no further part in CATALOG. */
const fixedKey = ({ unitPrice }: LineInput): string =>
  unitPrice ? `${unitPrice.amountMinor} ${unitPrice.id ?? ''} ${unitPrice.settled === true}` : ''

/** What a gift would cost, as an item; `undefined` without a price or beyond what can be counted. */
export const priceGift = (
  facts: VariantFacts,
  quantity: number,
  { context, snapshot }: { readonly context: PricingContext; readonly snapshot: PricingSnapshot },
): PricedItem | undefined => {
  const line = { ...facts, id: '', quantity }
  const item = priceItem([{ line, index: 0, quantity: BigInt(quantity) }], context, snapshot)
  return typeof item === 'string' ? undefined : item
}

const priceItem = (
  lines: readonly ItemLine[],
  context: PricingContext,
  snapshot: PricingSnapshot,
): PricedItem | PricingProblem['code'] => {
  const { line } = lines[0]!
  const quantity = lines.reduce((sum, entry) => sum + entry.quantity, 0n)
  const chosen = line.unitPrice ?? pricesOf(line, Number(quantity), context, snapshot)
  if (!chosen) return 'NOT_PRICED'
  const { amountMinor: price, listMinor = price } = chosen
  const per = line.measure ? 10n ** BigInt(line.measure.scale) : 1n
  if (amountOf(price, { quantity, per }) > MAX_AMOUNT_MINOR) return 'AMOUNT_TOO_LARGE'
  return {
    facts: { ...line, price, currency: context.market.currency },
    lines: lines.toSorted((a, b) => b.line.quantity - a.line.quantity || a.index - b.index),
    quantity,
    per,
    priceId: chosen.id,
    priceListId: chosen.priceListId,
    unitList: listMinor > price ? listMinor : price,
    ratePpm: snapshot.taxRates[line.taxClass] ?? 0,
  }
}

const pricesOf = (
  line: LineInput,
  quantity: number,
  { channel, country, customer, market, now }: PricingContext,
  { prices }: PricingSnapshot,
): FixedPrice | undefined => {
  const candidates = prices.get(line.variantId) ?? []
  const request = {
    currency: market.currency,
    now,
    quantity,
    channelId: channel.id,
    marketId: market.id,
    country,
    customerGroupIds: customer?.groups.map((group) => group.id),
    segmentIds: customer?.segments?.map((segment) => segment.id),
  }
  const chosen = choosePrice(candidates, request)
  if (chosen?.kind !== 'SALE') return chosen
  const regular = (row: PriceCandidate) => row.kind !== 'SALE'
  return { ...chosen, listMinor: choosePrice(candidates.filter(regular), request)?.amountMinor }
}

/**
 * Sorts items by everything that their price depends on, and only then by their place in the cart: ties in a split go
 * to the earlier, and items that tie to the end are interchangeable, so the order of lines cannot change a total.
 */
export const sortItems = (items: readonly PricedItem[], predicates: readonly ItemTest[]): PricedItem[] => {
  // Asked only of items that tie, and of those only until two differ.
  const answers = new Map<PricedItem, boolean[]>(items.map((item) => [item, []]))
  const matches = (item: PricedItem, nth: number): boolean =>
    (answers.get(item)![nth] ??= predicates[nth]!(item.facts))
  const differing = (a: PricedItem, b: PricedItem): number =>
    predicates.findIndex((_, nth) => matches(a, nth) !== matches(b, nth))
  const quantities = ({ lines }: PricedItem): string => lines.map(({ line }) => line.quantity).join('+')
  const compare = (a: PricedItem, b: PricedItem): number => {
    if (a.facts.price !== b.facts.price) return a.facts.price > b.facts.price ? -1 : 1
    if (a.quantity !== b.quantity) return a.quantity > b.quantity ? -1 : 1
    if (a.ratePpm !== b.ratePpm) return b.ratePpm - a.ratePpm
    const nth = differing(a, b)
    if (nth >= 0) return matches(a, nth) ? -1 : 1
    const [left, right] = [quantities(a), quantities(b)]
    if (left !== right) return left > right ? -1 : 1
    return a.lines[0]!.index - b.lines[0]!.index
  }
  return items.toSorted(compare)
}

const isSettled = ({ lines }: PricedItem): boolean => lines[0]!.line.unitPrice?.settled === true

/** Asked once for each candidate with a predicate: the ways of combining promotions share the answer. */
export const eligibleItems = (
  candidates: readonly Candidate[],
  items: readonly PricedItem[],
): ReadonlyMap<Candidate, readonly number[]> => {
  const eligible = new Map<Candidate, readonly number[]>()
  const settled = items.some(isSettled)
  for (const candidate of candidates) {
    const { matches, reduction } = candidate.promotion.compiled
    const isBarred = settled && reduction.on === 'UNIT' ? isSettled : undefined
    if (!matches && !isBarred) continue
    const places: number[] = []
    for (let place = 0; place < items.length; place += 1) {
      const item = items[place]!
      if (!isBarred?.(item) && (matches?.(item.facts) ?? true)) places.push(place)
    }
    eligible.set(candidate, places)
  }
  return eligible
}
