import type { OrderRowData } from '#lib/orders/order-row.ts'
import { tally, type Tally } from './tally.ts'
import type { readToday, TodayOrder } from './today.ts'

const NEWEST = 12

/** The day so far, kept up to date by the orders that arrive. */
export class DaySoFar {
  newest = $state.raw<readonly OrderRowData[]>([])
  waiting = $state(0)
  isComplete = $state(true)
  /** The order that came last while the page was open, for those who do not see it appear. */
  arrived = $state.raw<OrderRowData>()
  #orders = $state.raw<ReadonlyMap<string, TodayOrder>>(new Map())
  #since = ''
  readonly #timeZone: () => string

  constructor(timeZone: () => string) {
    this.#timeZone = timeZone
  }

  /** Begins with what was read when the page opened, or was read again. */
  begin(today: Awaited<ReturnType<typeof readToday>>, since: string): void {
    this.newest = today.newest
    this.waiting = today.waiting
    this.isComplete = today.isComplete
    this.#orders = new Map(today.orders.map((order) => [order.id, order]))
    this.#since = since
  }

  get tally(): Tally {
    return tally([...this.#orders.values()], this.#timeZone())
  }

  /** Takes in an order that was placed, or changed. */
  take(order: OrderRowData): void {
    const before = this.newest.find(({ id }) => id === order.id) ?? this.#orders.get(order.id)
    if (!before) this.arrived = order
    this.waiting = Math.max(0, this.waiting + waits(order) - (before ? waits(before) : 0))
    if (order.placedAt >= this.#since) this.#orders = new Map(this.#orders).set(order.id, order)
    const rest = this.newest.filter(({ id }) => id !== order.id)
    this.newest = [...rest, order].sort((a, b) => b.placedAt.localeCompare(a.placedAt)).slice(0, NEWEST)
  }
}

const waits = ({ status }: { readonly status: string }): number => (status === 'PLACED' ? 1 : 0)
