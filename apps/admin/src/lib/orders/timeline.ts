import { m } from '#lib/paraglide/messages.js'
import type { OrderData } from './order.ts'

/** One thing that happened to an order, or that will. */
export interface Happening {
  readonly at: string
  readonly text: string
  /** Who of the shop did it, and why. */
  readonly note?: string | undefined
  readonly state: 'done' | 'bad' | 'ahead'
}

type Moment = OrderData['timeline'][number]

const textOf = (order: OrderData, { type, action }: Moment): string => {
  switch (type) {
    case 'OrderPlaced.v1':
      return order.device
        ? m.order_event_placed_by_device({ device: order.device.name })
        : m.order_event_placed({ channel: order.channel.name })
    case 'OrderFulfilled.v1':
      return m.order_event_fulfilled()
    case 'OrderCancelled.v1':
      return m.order_event_cancelled()
    default:
      return action
  }
}

const noteOf = ({ by, byName, reason }: Moment): string | undefined => {
  const isStaff = by === 'STAFF' || by === 'APP'
  return [isStaff ? byName : null, reason].filter(Boolean).join(' · ') || undefined
}

/** What happened to an order, oldest first, and until when it may still be called off. */
export const timelineOf = (order: OrderData, now: number): Happening[] => {
  const happenings: Happening[] = order.timeline.map((moment) => ({
    at: moment.at,
    text: textOf(order, moment),
    note: noteOf(moment),
    state: moment.type === 'OrderCancelled.v1' ? 'bad' : 'done',
  }))
  if (order.status === 'PLACED') {
    const isOpen = Date.parse(order.cancelBy) > now
    happenings.push({
      at: order.cancelBy,
      text: isOpen ? m.order_event_cancel_by() : m.order_event_cancel_closed(),
      state: isOpen ? 'ahead' : 'done',
    })
  }
  return happenings.sort((a, b) => a.at.localeCompare(b.at))
}
