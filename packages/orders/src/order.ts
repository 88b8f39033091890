import { ok, type Result } from '@hilo/kernel'
import { ORDERS } from './errors.ts'

/** What can become of an order. */
export const ORDER_STATUSES = ['PLACED', 'FULFILLED', 'CANCELLED'] as const

/** What became of an order. */
export type OrderStatus = (typeof ORDER_STATUSES)[number]

/** From each status, what an order can become. */
const TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  PLACED: ['FULFILLED', 'CANCELLED'],
  FULFILLED: [],
  CANCELLED: [],
}

/** Minutes in which an order may be taken back by whoever placed it, unless it says otherwise. */
export const CANCEL_WINDOW_MINUTES = 60

/** The new status, or `ILLEGAL_TRANSITION` with what would be allowed. */
export const become = (from: OrderStatus, to: OrderStatus): Result<OrderStatus> => {
  const allowed = TRANSITIONS[from]
  return allowed.includes(to) ? ok(to) : ORDERS.refuse('ILLEGAL_TRANSITION', { from, to, allowed }, ['id'])
}

/** The moment until which an order may be taken back; a window of 0 is over at once. */
export const cancelByOf = (placedAt: Date, windowMinutes = CANCEL_WINDOW_MINUTES): Date =>
  new Date(placedAt.getTime() + windowMinutes * 60_000)

/** Who cancels: staff at any time, whoever placed the order only in its window. */
export interface Canceller {
  readonly isStaff: boolean
  readonly now: Date
}

/** `CANCELLED`, or why this order cannot be cancelled by them now. */
export const decideCancel = (
  { status, cancelBy }: { readonly status: OrderStatus; readonly cancelBy: Date },
  { isStaff, now }: Canceller,
): Result<OrderStatus> => {
  const cancelled = become(status, 'CANCELLED')
  if (!cancelled.ok || isStaff || now < cancelBy) return cancelled
  return ORDERS.refuse('CANCEL_WINDOW_PASSED', { cancelBy: cancelBy.toISOString() }, ['id'])
}
