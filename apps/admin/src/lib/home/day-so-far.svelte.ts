import { request } from '#lib/api/request.ts'
import type { OrderRowData } from '#lib/orders/order-row.ts'
import { NEWEST, Totals, type TotalsData } from './today.ts'

/** Many orders at once are one question. */
const TOGETHER_MS = 300

/** The day so far, kept up to date by the orders that arrive. */
export class DaySoFar {
  newest = $state.raw<readonly OrderRowData[]>([])
  totals = $state.raw<TotalsData>()
  /** The orders that came while the page was open, the last one last. */
  arrived = $state.raw<readonly OrderRowData[]>([])
  #since = ''
  #timer: ReturnType<typeof setTimeout> | undefined

  /** Begins with what was read when the page opened, or was read again. */
  begin(read: { newest: readonly OrderRowData[]; totals: TotalsData; since: string }): void {
    this.newest = read.newest
    this.totals = read.totals
    this.#since = read.since
  }

  /** Takes in an order that was placed, or changed. */
  take(order: OrderRowData): void {
    const rest = this.newest.filter(({ id }) => id !== order.id)
    const isNew = order.status === 'PLACED' && rest.length === this.newest.length
    if (isNew) this.arrived = [...this.arrived, order].slice(-NEWEST)
    this.newest = [...rest, order].sort((a, b) => b.placedAt.localeCompare(a.placedAt)).slice(0, NEWEST)
    if (!this.#timer) this.#timer = setTimeout(() => void this.#count(), TOGETHER_MS)
  }

  async #count(): Promise<void> {
    this.#timer = undefined
    // Without an answer the numbers stay as they were until the next order, or the next connection.
    this.totals = await request(fetch, Totals, { since: this.#since }).catch(() => this.totals)
  }
}
