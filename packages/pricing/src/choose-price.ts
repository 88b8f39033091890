import { currency } from '@hilo/kernel'

/** A price row with the audience and validity of its list. Absent audience fields mean everyone. */
export interface PriceCandidate {
  readonly id: string
  readonly amountMinor: bigint
  readonly currency: string
  /** Units of the variant in the cart from which it holds. */
  readonly minQuantity: number
  readonly maxQuantity?: number
  /** How specific the audience is, computed when the row was written; the highest wins. */
  readonly rank: number
  /** `SALE` is shown against the best other price, struck through. */
  readonly kind?: 'BASE' | 'SALE' | 'CONTRACT'
  readonly marketId?: string
  readonly channelId?: string
  readonly country?: string
  readonly customerGroupId?: string
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
}

/** Why a price row is not the one chosen. The first group does not fit the request, the second lost to the winner. */
export type PriceMiss =
  | 'CURRENCY'
  | 'NOT_STARTED'
  | 'EXPIRED'
  | 'MARKET'
  | 'CHANNEL'
  | 'COUNTRY'
  | 'CUSTOMER_GROUP'
  | 'QUANTITY'
  | 'LESS_SPECIFIC'
  | 'LOWER_TIER'
  | 'HIGHER_AMOUNT'
  | 'LATER_ID'

const ruledOut = (row: PriceCandidate, request: PriceRequest, at: number): PriceMiss | undefined => {
  if (row.currency !== request.currency) return 'CURRENCY'
  if (row.validFrom !== undefined && at < Date.parse(row.validFrom)) return 'NOT_STARTED'
  if (row.validUntil !== undefined && at >= Date.parse(row.validUntil)) return 'EXPIRED'
  if (row.marketId !== undefined && row.marketId !== request.marketId) return 'MARKET'
  if (row.channelId !== undefined && row.channelId !== request.channelId) return 'CHANNEL'
  if (row.country !== undefined && row.country !== request.country) return 'COUNTRY'
  if (row.customerGroupId !== undefined && !request.customerGroupIds?.includes(row.customerGroupId)) {
    return 'CUSTOMER_GROUP'
  }
  if (request.quantity < row.minQuantity || request.quantity > (row.maxQuantity ?? Infinity))
    return 'QUANTITY'
  return undefined
}

/** Why `row` comes after `winner`, or `undefined` when it comes before: rank, tier, amount, id. */
const lostTo = (winner: PriceCandidate, row: PriceCandidate): PriceMiss | undefined => {
  if (row.rank !== winner.rank) return row.rank < winner.rank ? 'LESS_SPECIFIC' : undefined
  if (row.minQuantity !== winner.minQuantity)
    return row.minQuantity < winner.minQuantity ? 'LOWER_TIER' : undefined
  if (row.amountMinor !== winner.amountMinor) {
    return row.amountMinor > winner.amountMinor ? 'HIGHER_AMOUNT' : undefined
  }
  return row.id < winner.id ? undefined : 'LATER_ID'
}

/**
 * The price row that holds for a request: of those that fit, the highest rank, then the highest tier, then the lowest
 * amount, then the smallest id. `undefined` when none fits, which is not a price of zero.
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
