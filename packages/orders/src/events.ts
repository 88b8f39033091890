import { ownerScope } from '@hilo/carts'
import type { EventScope, NewEvent } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'

/** The facts that every event of an order carries. Amounts are minor units of `currency`. */
export interface OrderFacts {
  readonly id: Uuid
  readonly number: string
  readonly channelId: Uuid
  readonly customerId: Uuid | null
  readonly tokenHash: Uint8Array | null
  readonly deviceId: Uuid | null
  readonly slot: string | null
  readonly test: boolean
  readonly currency: string
  readonly total: bigint
}

/** What became of an order, and what more there is to say of it. */
interface OrderEvent {
  readonly type: 'OrderPlaced.v1' | 'OrderCancelled.v1' | 'OrderFulfilled.v1'
  readonly more?: Readonly<Record<string, NewEvent['payload']>>
}

const scopeOf = (order: OrderFacts): EventScope => ({
  ...ownerScope(order),
  ...(order.deviceId && { device: order.deviceId }),
  channel: order.channelId,
})

/** An event of an order: for its customer, the device that placed it, the holder of its token, and staff who read orders. */
export const orderEvent = (order: OrderFacts, { type, more }: OrderEvent): NewEvent => ({
  aggregate: 'order',
  aggregateId: order.id,
  type,
  payload: {
    orderId: order.id,
    number: order.number,
    customerId: order.customerId,
    deviceId: order.deviceId,
    slot: order.slot,
    test: order.test,
    currency: order.currency,
    totalMinor: Number(order.total),
    ...more,
  },
  scope: scopeOf(order),
  permission: 'orders:read',
})
