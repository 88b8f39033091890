import { type Changed, changesBetween, type EventScope, type NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import type { PriceListStatus } from './price-list.ts'

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

/** An event names one channel, so that of a list for several only who reaches all channels hears. */
const scopeOf = (channelIds: readonly Uuid[]): EventScope =>
  channelIds.length === 1 ? { channel: channelIds[0]! } : {}

/** The event of one price row. Only who may read the prices of its list's channel hears of it. */
export const priceChanged = (price: {
  readonly variantId: Uuid
  readonly sku: string
  readonly priceListId: Uuid
  /** Of the list; none for one of all channels. */
  readonly channelIds: readonly Uuid[]
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
  scope: scopeOf(price.channelIds),
  permission: 'prices:read',
})

/** The events that tell of price lists. */
export const PRICE_LIST_EVENTS = [
  'PriceListCreated.v1',
  'PriceListUpdated.v1',
  'PriceListArchived.v1',
] as const

/** What every one of these events carries. */
export interface PriceListEventPayload {
  readonly priceListId: Uuid
  readonly code: string
  readonly status: PriceListStatus
  /** The list that it derived from until now; what that one prices it prices no longer. */
  readonly formerBaseId?: Uuid
}

/** A price list was made, changed or ended; its prices may hold for others, at other times, or be others. */
export const priceListEvent = (
  type: (typeof PRICE_LIST_EVENTS)[number],
  { channelIds, ...payload }: PriceListEventPayload & { readonly channelIds: readonly Uuid[] },
  changed?: Changed,
): NewEvent => ({
  aggregate: 'price_list',
  aggregateId: payload.priceListId,
  type,
  payload: { ...payload },
  changed,
  scope: scopeOf(channelIds),
  permission: 'prices:read',
})
