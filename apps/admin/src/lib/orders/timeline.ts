import { m } from '#lib/paraglide/messages.js'
import type { OrderData } from './order.ts'

/** One thing that happened to an order, or that will. */
export interface Happening {
  readonly at: string
  readonly text: string
  readonly state: 'done' | 'bad' | 'ahead'
}

/** What happened to an order, oldest first, and until when it may still be called off. */
export const timelineOf = (order: OrderData, now: number): Happening[] => {
  const placed = order.device
    ? m.order_event_placed_by_device({ device: order.device.name })
    : m.order_event_placed({ channel: order.channel.name })
  const isOpen = Date.parse(order.cancelBy) > now
  const happenings: Happening[] = [{ at: order.placedAt, text: placed, state: 'done' }]
  if (order.status === 'PLACED')
    happenings.push({
      at: order.cancelBy,
      text: isOpen ? m.order_event_cancel_by() : m.order_event_cancel_closed(),
      state: isOpen ? 'ahead' : 'done',
    })
  if (order.fulfilledAt)
    happenings.push({ at: order.fulfilledAt, text: m.order_event_fulfilled(), state: 'done' })
  if (order.cancelledAt)
    happenings.push({ at: order.cancelledAt, text: m.order_event_cancelled(), state: 'bad' })
  return happenings.sort((a, b) => a.at.localeCompare(b.at))
}
