import { appendEvents, type Context } from '@hilo/db'
import { shipStock } from '@hilo/inventory'
import { COMMON, mayIn, ok, type Result } from '@hilo/kernel'
import { type OrderChange, type OrderKey, saveStatus, takeOrder } from './change-order.ts'
import { orderEvent } from './events.ts'
import { become } from './order.ts'

/**
 * Marks an order as handed over, and takes its goods off the shelf, exactly once. Refuses `NOT_FOUND`, `FORBIDDEN` without
 * orders:write in its channel, `VERSION_CONFLICT`, `ILLEGAL_TRANSITION`.
 */
export const fulfilOrder = async (ctx: Context, change: OrderChange): Promise<Result<OrderKey>> => {
  const order = await takeOrder(ctx, change)
  if (!order.ok) return order
  if (!mayIn(ctx.actor, 'orders:write', { channelId: order.value.channelId })) {
    return COMMON.refuse('FORBIDDEN', { permission: 'orders:write' })
  }
  const status = become(order.value.status, 'FULFILLED')
  if (!status.ok) return status
  const { id } = order.value
  await saveStatus(ctx.db, order.value, { status: status.value, at: ctx.now() })
  const shipped = await shipStock(ctx, { cause: 'order', causeId: id })
  const fulfilled = orderEvent(order.value, { type: 'OrderFulfilled.v1' })
  const changed = { status: [order.value.status, status.value] } as const
  await appendEvents(ctx, [{ ...fulfilled, changed }, ...shipped])
  return ok({ orderId: id })
}
