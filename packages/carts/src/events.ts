import type { EventScope, NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** What a cart became: listeners read it again. */
export interface CartChanged {
  readonly cartId: Uuid
  readonly version: number
}

/** Who may hear of a cart or an order: its customer, or whoever holds its token. */
export const ownerScope = (owner: {
  readonly customerId: Uuid | null
  readonly tokenHash: Uint8Array | null
}): EventScope => ({
  ...(owner.customerId && { customer: owner.customerId }),
  ...(owner.tokenHash && { guest: Buffer.from(owner.tokenHash).toString('hex') }),
})

/** The event of a change of a cart, which is now in this channel. */
export const cartChanged = (
  cart: {
    readonly id: Uuid
    readonly customerId: Uuid | null
    readonly tokenHash: Uint8Array | null
    readonly channelId: Uuid
  },
  version: number,
): NewEvent => ({
  aggregate: 'cart',
  aggregateId: cart.id,
  type: 'CartChanged.v1',
  payload: { cartId: cart.id, version },
  scope: { ...ownerScope(cart), channel: cart.channelId },
  permission: 'orders:read',
})
