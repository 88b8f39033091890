import type { Context, Executor } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import type { OrderStatus } from './order.ts'
import { type LockedOrder, lockOrder } from './order-queries.ts'
import { readableOrders } from './order-scope.ts'

/** The value of every change of an order, as JSON for replays. */
export interface OrderKey {
  readonly orderId: Uuid
}

/** Names the order to change, and the version it must have when that matters. */
export interface OrderChange extends OrderKey {
  readonly ifVersion?: number | null
}

/** Locks an order that the actor may see. Refuses `NOT_FOUND` and `VERSION_CONFLICT`. */
export const takeOrder = async (
  ctx: Context,
  { orderId, ifVersion }: OrderChange,
): Promise<Result<LockedOrder>> => {
  const order = await lockOrder(ctx.db, readableOrders(ctx), orderId)
  if (!order) {
    return COMMON.refuse('NOT_FOUND', { kind: 'order', id: encodeId('order', orderId) }, ['id'])
  }
  if (ifVersion != null && ifVersion !== order.version) {
    return COMMON.refuse('VERSION_CONFLICT', { current: order.version }, ['ifVersion'])
  }
  return ok(order)
}

/** Writes the new status of a locked order with its moment, and counts its version up. */
export const saveStatus = async (
  db: Executor<'order'>,
  order: LockedOrder,
  { status, at }: { readonly status: OrderStatus; readonly at: Date },
): Promise<void> => {
  await db
    .updateTable('order')
    .set({
      status,
      version: order.version + 1,
      ...(status === 'CANCELLED' ? { cancelled_at: at } : { fulfilled_at: at }),
    })
    .where('id', '=', order.id)
    .execute()
}
