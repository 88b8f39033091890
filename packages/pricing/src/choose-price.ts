import { currency } from '@hilo/kernel'

/** An id or code, or several of which one must fit. */
type OneOf = string | readonly string[]

/** A price row with the audience and validity of its list. Absent audience fields mean everyone. */
export interface PriceCandidate {
  readonly id: string
  readonly amountMinor: bigint
  readonly currency: string
  /** Units of the variant in the cart from which it holds. */
  readonly minQuantity: number
  readonly maxQuantity?: number
  /** Units from which it holds, when another row of a derived list stands for fewer; its tier stays. */
  readonly fromQuantity?: number
  /** How specific the audience is, computed when the row was written; the highest wins. */
  readonly rank: number
  /** `SALE` is shown against the best other price, struck through. */
  readonly kind?: 'BASE' | 'SALE' | 'CONTRACT'
  readonly marketId?: OneOf
  readonly channelId?: OneOf
  readonly country?: OneOf
  readonly customerGroupId?: OneOf
  readonly segmentId?: OneOf
  /** Why it does not hold for anybody: its list is switched off, another row of a derived list stands for it, or the variant costs what its components do. */
  readonly suspended?: 'LIST_INACTIVE' | 'OVERRIDDEN' | 'BUNDLE'
  /** ISO 8601; from this instant. */
  readonly validFrom?: string
  /** ISO 8601; until just before this instant. */
  readonly validUntil?: string
  readonly priceListId?: string
}

/** Whose price is asked for, and when. */
export interface PriceRequest {
  readonly currency: string
  /** ISO 8601. */
  readonly now: string
  readonly quantity: number
  readonly channelId?: string
  readonly marketId?: string
  readonly country?: string
  readonly customerGroupIds?: readonly string[]
  readonly segmentIds?: readonly string[]
}

/** Why a price row is not the one chosen. The first group does not fit the request, the second lost to the winner. */
export type PriceMiss =
  | 'CURRENCY'
  | 'LIST_INACTIVE'
  | 'OVERRIDDEN'
  | 'BUNDLE'
  | 'NOT_STARTED'
  | 'EXPIRED'
  | 'MARKET'
  | 'CHANNEL'
  | 'COUNTRY'
  | 'CUSTOMER_GROUP'
  | 'SEGMENT'
  | 'QUANTITY'
  | 'LESS_SPECIFIC'
  | 'LOWER_TIER'
  | 'HIGHER_AMOUNT'
  | 'LATER_ID'

/** True when nobody is left out, or one of those asked is among them. */
const fits = (wanted: OneOf | undefined, asked: OneOf | undefined): boolean => {
  if (wanted === undefined) return true
  if (asked === undefined) return false
  if (typeof wanted === 'string') return typeof asked === 'string' ? wanted === asked : asked.includes(wanted)
  return wanted.some((one) => fits(one, asked))
}

const ruledOut = (row: PriceCandidate, request: PriceRequest, at: number): PriceMiss | undefined => {
  if (row.currency !== request.currency) return 'CURRENCY'
  if (row.suspended) return row.suspended
  if (row.validFrom !== undefined && at < Date.parse(row.validFrom)) return 'NOT_STARTED'
  if (row.validUntil !== undefined && at >= Date.parse(row.validUntil)) return 'EXPIRED'
  if (!fits(row.marketId, request.marketId)) return 'MARKET'
  if (!fits(row.channelId, request.channelId)) return 'CHANNEL'
  if (!fits(row.country, request.country)) return 'COUNTRY'
  if (!fits(row.customerGroupId, request.customerGroupIds)) return 'CUSTOMER_GROUP'
  if (!fits(row.segmentId, request.segmentIds)) return 'SEGMENT'
  if (request.quantity < row.minQuantity || request.quantity > (row.maxQuantity ?? Infinity))
    return 'QUANTITY'
  if (row.fromQuantity !== undefined && request.quantity < row.fromQuantity) return 'OVERRIDDEN'
  return undefined
}

/** Why `row` comes after `winner`, or `undefined` when it comes before: rank, tier, amount, id, list. */
const lostTo = (winner: PriceCandidate, row: PriceCandidate): PriceMiss | undefined => {
  if (row.rank !== winner.rank) return row.rank < winner.rank ? 'LESS_SPECIFIC' : undefined
  if (row.minQuantity !== winner.minQuantity)
    return row.minQuantity < winner.minQuantity ? 'LOWER_TIER' : undefined
  if (row.amountMinor !== winner.amountMinor) {
    return row.amountMinor > winner.amountMinor ? 'HIGHER_AMOUNT' : undefined
  }
  if (row.id !== winner.id) return row.id < winner.id ? undefined : 'LATER_ID'
  // Prices that two lists derive from one row share its id.
  return (row.priceListId ?? '') < (winner.priceListId ?? '') ? undefined : 'LATER_ID'
}

/**
 * The price row that holds for a request: of those that fit, the highest rank, then the highest tier, then the lowest
 * amount, then the smallest id, then the smallest id of the list. `undefined` when none fits, which is not a price of zero.
 * Throws `RangeError` for a currency that ISO 4217 does not list, or a time that is not one.
 */
export const choosePrice = (
  candidates: readonly PriceCandidate[],
  request: PriceRequest,
): PriceCandidate | undefined => {
  const at = instantOf(request)
  let chosen: PriceCandidate | undefined
  for (const row of candidates) {
    if (ruledOut(row, request, at)) continue
    if (chosen === undefined || lostTo(chosen, row) === undefined) chosen = row
  }
  return chosen
}

/** The chosen row, and why each other was not: for people who ask, never on the way to a price. */
export interface PriceExplanation {
  readonly chosen: PriceCandidate | undefined
  readonly rejected: readonly { readonly candidate: PriceCandidate; readonly reason: PriceMiss }[]
}

/** `choosePrice` with its reasons. */
export const explainPrice = (
  candidates: readonly PriceCandidate[],
  request: PriceRequest,
): PriceExplanation => {
  const at = instantOf(request)
  const chosen = choosePrice(candidates, request)
  const rejected = candidates
    .filter((row) => row !== chosen)
    .map((row) => ({
      candidate: row,
      reason: ruledOut(row, request, at) ?? (chosen && lostTo(chosen, row)) ?? 'LATER_ID',
    }))
  return { chosen, rejected }
}

const instantOf = (request: PriceRequest): number => {
  currency(request.currency)
  const at = Date.parse(request.now)
  if (Number.isNaN(at)) throw new RangeError(`Not a time: ${JSON.stringify(request.now)}`)
  return at
}
