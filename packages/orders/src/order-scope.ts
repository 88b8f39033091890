import type { Context, DB } from '@hilo/db'
import { may, type Uuid } from '@hilo/kernel'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'

/** Whose orders a query may touch. Nothing of it stands: none. */
export interface OrderScope {
  readonly all: boolean
  readonly customerId: Uuid | undefined
  /** Only those that this device placed for its present owner. */
  readonly device: { readonly deviceId: Uuid; readonly customerId: Uuid } | undefined
  /** Those that a cart token proves. */
  readonly tokenHash: Uint8Array | undefined
}

/** The orders an actor may read: all with orders:read, a customer's own, those a device placed, those of a token. */
export const readableOrders = ({ actor, cartTokenHash }: Context): OrderScope => ({
  all: may(actor, 'orders:read') || may(actor, 'orders:write'),
  customerId: actor.kind === 'customer' ? actor.customerId : undefined,
  device: actor.kind === 'device' ? actor : undefined,
  tokenHash: actor.kind === 'device' ? undefined : cartTokenHash,
})

/** SQL: the row of `order` is within the scope. */
export const inScope =
  ({ all, customerId, device, tokenHash }: OrderScope) =>
  (eb: ExpressionBuilder<Pick<DB, 'order'>, 'order'>): Expression<SqlBool> =>
    all
      ? eb.lit(true)
      : eb.or([
          ...(customerId ? [eb('order.customer_id', '=', customerId)] : []),
          ...(device
            ? [
                eb.and([
                  eb('order.device_id', '=', device.deviceId),
                  eb('order.customer_id', '=', device.customerId),
                ]),
              ]
            : []),
          ...(tokenHash ? [eb('order.token_hash', '=', Buffer.from(tokenHash))] : []),
        ])
