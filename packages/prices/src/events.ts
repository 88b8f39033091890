import { changesBetween, type NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** A price row of a variant was set or taken away; what the shelf says follows later, as `ShelfPriceChanged.v1`. */
export const PRICE_CHANGED = 'PriceChanged.v1'

/** What `PriceChanged.v1` carries. */
export interface PriceChangedPayload {
  readonly variantId: Uuid
  readonly sku: string
  readonly priceListId: Uuid
  readonly currency: string
  readonly minQuantity: number
  /** Null when the price was taken away. */
  readonly amountMinor: number | null
}

const toNumber = (amount: bigint | null): number | null => (amount === null ? null : Number(amount))

/** The event of one price row. Only who may read the prices of its list's channel hears of it. */
export const priceChanged = (price: {
  readonly variantId: Uuid
  readonly sku: string
  readonly priceListId: Uuid
  /** Of the list; null for one of all channels. */
  readonly channelId: Uuid | null
  readonly currency: string
  readonly minQuantity: number
  readonly amountMinor: bigint | null
  /** What it was before; null when there was none. */
  readonly before: bigint | null
}): NewEvent => ({
  aggregate: 'variant',
  aggregateId: price.variantId,
  type: PRICE_CHANGED,
  payload: {
    variantId: price.variantId,
    sku: price.sku,
    priceListId: price.priceListId,
    currency: price.currency,
    minQuantity: price.minQuantity,
    amountMinor: toNumber(price.amountMinor),
  },
  changed: changesBetween(
    { amountMinor: toNumber(price.before) },
    { amountMinor: toNumber(price.amountMinor) },
  ),
  scope: price.channelId ? { channel: price.channelId } : {},
  permission: 'prices:read',
})
