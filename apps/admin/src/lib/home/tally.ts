import { hourOf } from '#lib/format/day.ts'
import { type Amount, sumByCurrency } from '#lib/format/money.ts'

interface Counted {
  readonly status: string
  readonly test: boolean
  readonly placedAt: string
  readonly total: Amount
}

/** A day in numbers. */
export interface Tally {
  readonly count: number
  /** What was sold in each currency, without cancelled and test orders. */
  readonly revenue: readonly Amount[]
  /** How many orders were placed in each of the 24 hours. */
  readonly byHour: readonly number[]
}

/** Counts the orders of a day as the wall clock of a time zone has it. */
export const tally = (orders: readonly Counted[], timeZone: string): Tally => {
  const byHour = Array.from({ length: 24 }, () => 0)
  for (const { placedAt } of orders) byHour[hourOf(new Date(placedAt), timeZone)]! += 1
  const sold = orders.filter(({ status, test }) => status !== 'CANCELLED' && !test)
  return { count: orders.length, revenue: sumByCurrency(sold.map(({ total }) => total)), byHour }
}
