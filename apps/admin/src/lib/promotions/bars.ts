import type { SimulationData } from './simulation-query.ts'

/** A pair of bars: how tall each stands, from 0 to 1. */
export interface DayBars {
  readonly day: string
  readonly before: number
  readonly after: number
  readonly touched: number
}

type Looked = Pick<SimulationData, 'perDay' | 'since' | 'until'>

const DAY_MS = 86_400_000
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

/** Every day that was looked at, in UTC as the API counts them. */
const daysOf = ({ since, until }: Looked): string[] => {
  const [first, last] = [Date.parse(dayOf(Date.parse(since))), Date.parse(until)]
  return Array.from({ length: Math.floor((last - first) / DAY_MS) + 1 }, (_, index) =>
    dayOf(first + index * DAY_MS),
  )
}

/** The revenue of each day in one currency, without and with the promotion, against the best day. */
export const barsOf = (looked: Looked, currency: string): DayBars[] => {
  const own = looked.perDay.filter(({ revenue }) => revenue.before.currency === currency)
  const byDay = new Map(own.map((entry) => [entry.day, entry]))
  const most = Math.max(
    1,
    ...own.flatMap(({ revenue }) => [revenue.before.amountMinor, revenue.after.amountMinor]),
  )
  const share = (amountMinor = 0): number => Math.max(0, amountMinor) / most
  return daysOf(looked).map((day) => {
    const { touched = 0, revenue } = byDay.get(day) ?? {}
    return {
      day,
      touched,
      before: share(revenue?.before.amountMinor),
      after: share(revenue?.after.amountMinor),
    }
  })
}
