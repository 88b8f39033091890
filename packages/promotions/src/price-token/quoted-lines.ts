import type { Uuid } from '@hilo/kernel'
import type { FixedPrice, LineInput, PricedCart } from '@hilo/pricing'
import type { Quote } from './quote.ts'

/** The quotes that lines of a cart were set with, by the id of the line. */
export type LineQuotes = ReadonlyMap<string, Quote>

/** A quote that holds no longer, and what the line costs instead. */
export interface ChangedPrice {
  readonly lineId: string
  readonly quote: Quote
  /** Minor units of one unit on the shelf now. */
  readonly unit: bigint
}

const keyOf = (quote: Quote): string => JSON.stringify(quote)

/** Who buys, and when. */
interface Buying {
  readonly customerId: Uuid | undefined
  readonly now: Date
}

/**
 * The quotes that hold now, for who buys: a cart may have come to somebody else since. Lines with one and the same quote
 * share its quantity, in their order: a quote for one unit is good for one unit, however many lines it is put on.
 */
export const holdingQuotes = (
  lines: readonly Pick<LineInput, 'id' | 'quantity'>[],
  quotes: LineQuotes,
  { customerId, now }: Buying,
): LineQuotes => {
  const used = new Map<string, number>()
  const holding = new Map<string, Quote>()
  for (const { id, quantity } of lines) {
    const quote = quotes.get(id)
    if (!quote || now.getTime() >= quote.expiresAt) continue
    if (quote.customerId !== null && quote.customerId !== customerId) continue
    const sum = (used.get(keyOf(quote)) ?? 0) + quantity
    if (sum > quote.maxQuantity || quantity < quote.minQuantity) continue
    used.set(keyOf(quote), sum)
    holding.set(id, quote)
  }
  return holding
}

const fixed = ({ unitMinor, listMinor, priceId, priceListId }: Quote): FixedPrice => ({
  amountMinor: BigInt(unitMinor),
  listMinor: BigInt(listMinor),
  settled: true,
  ...(priceId && { id: priceId }),
  ...(priceListId && { priceListId }),
})

/** Lines with their quoted prices fixed: those that hold, and are lower than what the shelf says now. */
export const withQuotes = (
  lines: readonly LineInput[],
  holding: LineQuotes,
  now: PricedCart,
): readonly LineInput[] => {
  const units = new Map(now.lines.map(({ id, unit }) => [id, unit]))
  return lines.map((line) => {
    const quote = holding.get(line.id)
    const unit = units.get(line.id)
    const isBetter = quote && (unit === undefined || BigInt(quote.unitMinor) < unit)
    return isBetter ? { ...line, unitPrice: fixed(quote) } : line
  })
}

/** The quotes that hold no longer, where the shelf says another price by now, in either direction. */
export const changedPrices = (
  quotes: LineQuotes,
  holding: LineQuotes,
  now: PricedCart,
): readonly ChangedPrice[] =>
  now.lines.flatMap(({ id, unit }) => {
    const quote = quotes.get(id)
    return quote && !holding.has(id) && BigInt(quote.unitMinor) !== unit ? [{ lineId: id, quote, unit }] : []
  })
