import { ok, type Market, type Result, type Uuid } from '@hilo/kernel'
import { PRICE_TOKENS } from './errors.ts'

/** A shelf price that somebody was told, and until when it holds. JSON: it is kept on the line of a cart. */
export interface Quote {
  readonly variantId: Uuid
  /** It holds in every channel of this market. */
  readonly marketId: Uuid
  readonly currency: string
  /** Minor units of one unit as it stood on the shelf: promotions of the shelf are in it. */
  readonly unitMinor: number
  /** What it was compared with; the same when it was not reduced. */
  readonly listMinor: number
  /** The price row that it came from. */
  readonly priceId: Uuid | null
  /** The list that it was chosen from. */
  readonly priceListId: Uuid | null
  /** Whose price it is; null for anybody's. */
  readonly customerId: Uuid | null
  readonly minQuantity: number
  readonly maxQuantity: number
  /** Milliseconds since 1970. */
  readonly issuedAt: number
  /** From this instant on it holds no longer; milliseconds since 1970. */
  readonly expiresAt: number
}

/** What a token is to be used for. */
export interface QuoteUse {
  readonly variantId: Uuid
  readonly quantity: number
  readonly market: Pick<Market, 'id' | 'code' | 'currency'>
  /** Who buys, once it is known. */
  readonly customerId: Uuid | null | undefined
}

/** Why a quote cannot be used for this, whenever; or nothing. That it has expired is for the price to say. */
export const checkQuote = (quote: Quote, use: QuoteUse, path: readonly string[]): Result<Quote> => {
  if (quote.marketId !== use.market.id || quote.currency !== use.market.currency)
    return PRICE_TOKENS.refuse('PRICE_TOKEN_OTHER_MARKET', { market: use.market.code }, path)
  if (quote.variantId !== use.variantId) return PRICE_TOKENS.refuse('PRICE_TOKEN_OTHER_VARIANT', {}, path)
  if (quote.customerId !== null && quote.customerId !== use.customerId)
    return PRICE_TOKENS.refuse('PRICE_TOKEN_OTHER_CUSTOMER', {}, path)
  const { minQuantity: min, maxQuantity: max } = quote
  const { quantity } = use
  return quantity < min || quantity > max
    ? PRICE_TOKENS.refuse('PRICE_TOKEN_QUANTITY', { quantity, min, max }, path)
    : ok(quote)
}
