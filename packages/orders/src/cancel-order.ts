import { appendEvents, type Context } from '@hilo/db'
import { releaseStock } from '@hilo/inventory'
import { COMMON, mayIn, ok, type Result, storable } from '@hilo/kernel'
import { releasePromotions } from '@hilo/promotions'
import { type OrderChange, type OrderKey, saveStatus, takeOrder } from './change-order.ts'
import { wasDownloaded } from './downloads/download-queries.ts'
import { ORDERS } from './errors.ts'
import { orderEvent } from './events.ts'
import { decideCancel } from './order.ts'

/** Characters of a reason at most. */
const MAX_REASON = 500

/**
 * Cancels an order and gives back its stock and its uses of promotions, exactly once. Whoever placed it may until
 * `cancelBy`; staff with orders:write in its channel may while it is placed. Refuses `NOT_FOUND`, `FORBIDDEN`, `VERSION_CONFLICT`,
 * `ILLEGAL_TRANSITION`, `CANCEL_WINDOW_PASSED`, and `ORDER_DOWNLOADED` to all but staff.
 */
export const cancelOrder = async (
  ctx: Context,
  { reason, ...change }: OrderChange & { readonly reason?: string | null },
): Promise<Result<OrderKey>> => {
  if (reason && reason.length > MAX_REASON) {
    return ORDERS.refuse('CANCEL_REASON_TOO_LONG', { max: MAX_REASON }, ['reason'])
  }
  const order = await takeOrder(ctx, change)
  if (!order.ok) return order
  const isStaff = mayIn(ctx.actor, 'orders:write', { channelId: order.value.channelId })
  const readsOnly = !isStaff && (ctx.actor.kind === 'staff' || ctx.actor.kind === 'app')
  if (readsOnly) return COMMON.refuse('FORBIDDEN', { permission: 'orders:write' })
  const now = ctx.now()
  const status = decideCancel(order.value, { isStaff, now })
  if (!status.ok) return status
  const { id } = order.value
  if (!isStaff && (await wasDownloaded(ctx.db, id))) return ORDERS.refuse('ORDER_DOWNLOADED', {}, ['id'])
  await saveStatus(ctx.db, order.value, { status: status.value, at: now })
  const unclaimed = await releasePromotions(ctx, { orderId: id })
  const released = await releaseStock(ctx, { cause: 'order', causeId: id })
  const more = { reason: reason ? storable(reason) : null }
  await appendEvents(ctx, [
    {
      ...orderEvent(order.value, { type: 'OrderCancelled.v1', more }),
      changed: { status: [order.value.status, status.value] },
    },
    ...unclaimed,
    ...released,
  ])
  return ok({ orderId: id })
}
