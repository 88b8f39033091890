import type { Context } from '@hilo/db'
import { ownerOf, type Uuid } from '@hilo/kernel'
import type { PricedShelf } from '../shelf-prices.ts'
import type { Quote } from './quote.ts'

/**
 * The quote of a shelf price for who asks: a customer's (or their device's) is for them alone, a guest's for whoever holds
 * it. It is good for the quantity asked about, and for fewer down to where this price begins.
 */
export const quoteOf = (
  { actor, channel, now }: Pick<Context, 'actor' | 'channel' | 'now'>,
  { currency, line, lowestQuantity }: PricedShelf,
  lifetimeMs: number,
): Quote => {
  const issuedAt = now().getTime()
  return {
    variantId: line.variantId as Uuid,
    marketId: channel.market.id,
    currency,
    unitMinor: Number(line.unit),
    listMinor: Number(line.unitList),
    priceId: line.priceId ?? null,
    priceListId: line.priceListId ?? null,
    customerId: ownerOf(actor) ?? null,
    minQuantity: lowestQuantity(),
    maxQuantity: line.quantity,
    issuedAt,
    expiresAt: issuedAt + lifetimeMs,
  }
}
