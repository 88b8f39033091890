import { type Context, type DB, within } from '@hilo/db'
import { type Reach, reachOf, type Uuid } from '@hilo/kernel'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'

/** Which orders a query may touch. Nothing of it stands: none. */
export interface OrderScope {
  /** Those of these channels. */
  readonly channels: Reach
  readonly customerId: Uuid | undefined
  /** Only those that this device placed for its present owner. */
  readonly device: { readonly deviceId: Uuid; readonly customerId: Uuid } | undefined
  /** Those that a cart token proves. */
  readonly tokenHash: Uint8Array | undefined
}

/** The orders an actor may read: those of the channels of its orders:read, a customer's own, those a device placed, those of a token. */
export const readableOrders = ({ actor, cartTokenHash }: Context): OrderScope => ({
  channels: reachOf(actor, 'orders:read'),
  customerId: actor.kind === 'customer' ? actor.customerId : undefined,
  device: actor.kind === 'device' ? actor : undefined,
  tokenHash: actor.kind === 'device' ? undefined : cartTokenHash,
})

/** SQL: the row of `order` is within the scope. */
export const inScope =
  ({ channels, customerId, device, tokenHash }: OrderScope) =>
  (eb: ExpressionBuilder<Pick<DB, 'order'>, 'order'>): Expression<SqlBool> =>
    eb.or([
      within(channels, 'order.channel_id'),
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
