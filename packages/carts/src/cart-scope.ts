import type { Context, DB } from '@hilo/db'
import { may, type Uuid } from '@hilo/kernel'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'

/** Whose carts or orders a query may touch: all, a customer's, or those that a token proves. */
export interface CartScope {
  readonly all: boolean
  readonly customerId: Uuid | undefined
  readonly tokenHash: Uint8Array | undefined
}

const ownScope = ({ actor, cartTokenHash }: Context, all: boolean): CartScope => ({
  all,
  customerId: actor.kind === 'customer' ? actor.customerId : undefined,
  // A device buys as its owner's hand, by devicePurchase; it has no cart.
  tokenHash: actor.kind === 'device' ? undefined : cartTokenHash,
})

/** The carts an actor may read: their own, and all for those who may read orders. */
export const readableCarts = (ctx: Context): CartScope => ownScope(ctx, may(ctx.actor, 'orders:read'))

/** The carts an actor may change: their own. */
export const changeableCarts = (ctx: Context): CartScope => ownScope(ctx, ctx.actor.kind === 'system')

/** SQL: the cart is within the scope. */
export const inScope =
  ({ all, customerId, tokenHash }: CartScope) =>
  (eb: ExpressionBuilder<Pick<DB, 'cart'>, 'cart'>): Expression<SqlBool> =>
    all
      ? eb.lit(true)
      : eb.or([
          ...(customerId ? [eb('cart.customer_id', '=', customerId)] : []),
          ...(tokenHash ? [eb('cart.token_hash', '=', Buffer.from(tokenHash))] : []),
        ])
