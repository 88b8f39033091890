import { COMMON, ok, type Channel, type Result, type Uuid } from '@hilo/kernel'
import type { Place } from '@hilo/pricing'
import { CARTS } from './errors.ts'
import type { Address } from './address.ts'
import type { Line } from './line.ts'

/** What becomes of a cart. Only an active one can be changed. */
export const CART_STATUSES = ['ACTIVE', 'PARKED', 'MERGED', 'ORDERED'] as const

/** What became of a cart. */
export type CartStatus = (typeof CART_STATUSES)[number]

/** What somebody is about to buy: the same in every channel of its market. */
export interface Cart {
  readonly id: Uuid
  /** Absent for a guest, who proves the cart with a token. */
  readonly customerId: Uuid | null
  readonly tokenHash: Uint8Array | null
  /** Where it was touched last. */
  readonly channelId: Uuid
  readonly marketId: Uuid
  readonly status: CartStatus
  readonly name: string | null
  readonly email: string | null
  /** ISO 3166-1 alpha-2 of the delivery, once it is known. */
  readonly country: string | null
  readonly address: Address | null
  /** Codes of the shop's own methods, which promotions may ask for. */
  readonly paymentMethod: string | null
  readonly deliveryMethod: string | null
  /** Where the customer is, as far as they said. */
  readonly place: Place | null
  readonly version: number
  readonly updatedAt: Date
  /** In the order they were added. */
  readonly lines: readonly Line[]
  /** Coupon codes in the order they were added. */
  readonly coupons: readonly string[]
  /** The scarce code that is kept for it, and until when. */
  readonly hold: { readonly code: string; readonly until: Date } | null
}

/** Why a cart cannot be changed from here, or nothing: it is over, of another market, or was changed meanwhile. */
export const checkChangeable = (
  cart: Pick<Cart, 'status' | 'marketId' | 'version'>,
  {
    channel,
    market,
    ifVersion,
  }: { readonly channel: Channel; readonly market: string; readonly ifVersion?: number | null },
): Result<void> => {
  if (cart.status !== 'ACTIVE') return CARTS.refuse('CART_NOT_ACTIVE', { status: cart.status }, ['cartId'])
  if (cart.marketId !== channel.market.id) {
    return CARTS.refuse('CART_OTHER_MARKET', { market: channel.market.code, expected: market }, ['cartId'])
  }
  if (ifVersion != null && ifVersion !== cart.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: cart.version }, ['ifVersion'])
  }
  return ok(undefined)
}
