import type { SimulationData } from './simulation-query.ts'

/** A pair of bars: how tall each stands, from 0 to 1. */
export interface DayBars {
  readonly day: string
  readonly before: number
  readonly after: number
  readonly touched: number
}

type Day = SimulationData['perDay'][number]

/** The revenue of each day in one currency, without and with the promotion, against the best day. */
export const barsOf = (days: readonly Day[], currency: string): DayBars[] => {
  const own = days.filter(({ revenue }) => revenue.before.currency === currency)
  const most = Math.max(
    1,
    ...own.flatMap(({ revenue }) => [revenue.before.amountMinor, revenue.after.amountMinor]),
  )
  return own
    .toSorted((a, b) => a.day.localeCompare(b.day))
    .map(({ day, touched, revenue }) => ({
      day,
      touched,
      before: Math.max(0, revenue.before.amountMinor) / most,
      after: Math.max(0, revenue.after.amountMinor) / most,
    }))
}
