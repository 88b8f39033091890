import { type Context, type DB, within } from '@hilo/db'
import { type Reach, reachOf, type Uuid } from '@hilo/kernel'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'

/** Which carts a query may touch: those of some channels, a customer's, and those that a token proves. */
export interface CartScope {
  readonly channels: Reach
  readonly customerId: Uuid | undefined
  readonly tokenHash: Uint8Array | undefined
}

const scopeOf = ({ actor, cartTokenHash }: Context, channels: Reach): CartScope => ({
  channels,
  customerId: actor.kind === 'customer' ? actor.customerId : undefined,
  // A device buys as its owner's hand, by devicePurchase; it has no cart.
  tokenHash: actor.kind === 'device' ? undefined : cartTokenHash,
})

/** The carts an actor may read: their own, and those of the channels where they may read orders. */
export const readableCarts = (ctx: Context): CartScope => scopeOf(ctx, reachOf(ctx.actor, 'orders:read'))

/** The carts an actor may change: their own. */
export const changeableCarts = (ctx: Context): CartScope =>
  scopeOf(ctx, ctx.actor.kind === 'system' ? 'all' : [])

/** SQL: the cart is within the scope. */
export const inScope =
  ({ channels, customerId, tokenHash }: CartScope) =>
  (eb: ExpressionBuilder<Pick<DB, 'cart'>, 'cart'>): Expression<SqlBool> =>
    eb.or([
      within(channels, 'cart.channel_id'),
      ...(customerId ? [eb('cart.customer_id', '=', customerId)] : []),
      ...(tokenHash ? [eb('cart.token_hash', '=', Buffer.from(tokenHash))] : []),
    ])
