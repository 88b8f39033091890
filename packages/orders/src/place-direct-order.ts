import type { Context } from '@hilo/db'
import type { Money, Result, Uuid } from '@hilo/kernel'

/** An order without browsing: what a device asks for in one message. */
export interface DirectOrder {
  readonly customerId: Uuid
  readonly lines: readonly { readonly variantId: Uuid; readonly quantity: number }[]
  readonly deviceId?: Uuid
  readonly slot?: string
  /** How long its owner may take it back; default one hour, 0 means never. */
  readonly cancelWindowMinutes?: number
  /** Priced and stored like any other, but reserves no stock and uses up no promotion. */
  readonly test?: boolean
  /** The most it may cost; above it the order is refused with `PRICE_CHANGED`. */
  readonly expectedMax?: Money
}

/** What became of a direct order, for limits that are checked in the same transaction. */
export interface PlacedOrder {
  readonly orderId: Uuid
  /** What people call the order, such as H-100001. */
  readonly number: string
  /** Minor units of `currency`; text, since it is kept as JSON for replays. */
  readonly totalMinor: string
  readonly currency: string
  /** ISO 8601. */
  readonly cancelBy: string
}

/**
 * Places an order from a cart of its own, never the customer's active one, in the caller's `command()`: a refusal of
 * the caller afterwards, such as a spending limit, takes the order back with everything else.
 * Refuses with `NOT_FOUND`, `QUANTITY_INVALID`, `NOT_PRICED`, `PRICE_CHANGED`, `WRONG_CURRENCY`, `OUT_OF_STOCK`.
 */
export type PlaceDirectOrder = (ctx: Context, order: DirectOrder) => Promise<Result<PlacedOrder>>
