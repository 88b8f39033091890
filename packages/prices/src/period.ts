import { type RawBuilder, sql } from 'kysely'

/** From an instant until just before another; null is open. */
export interface Period {
  readonly from: Date | null
  readonly until: Date | null
}

/** Always. */
export const ALWAYS: Period = { from: null, until: null }

/** A period as Postgres keeps it. */
export const toRange = ({ from, until }: Period): RawBuilder<string> =>
  sql`tstzrange(${from}::timestamptz, ${until}::timestamptz, '[)')`

/** True when it ends no later than it begins. */
export const isBackwards = ({ from, until }: Period): boolean =>
  from !== null && until !== null && from >= until

/** True when both begin and end at the same instants. */
export const isSame = (a: Period, b: Period): boolean =>
  a.from?.getTime() === b.from?.getTime() && a.until?.getTime() === b.until?.getTime()

/** True when there is an instant in both. */
export const overlaps = (a: Period, b: Period): boolean =>
  (a.from === null || b.until === null || a.from < b.until) &&
  (b.from === null || a.until === null || b.from < a.until)

/** True at an instant. */
export const holdsAt = ({ from, until }: Period, at: Date): boolean =>
  (from === null || from <= at) && (until === null || at < until)

/** What is in both; it may be empty, and then ends before it begins. */
export const within = (a: Period, b: Period): Period => ({
  from: a.from && b.from ? (a.from > b.from ? a.from : b.from) : (a.from ?? b.from),
  until: a.until && b.until ? (a.until < b.until ? a.until : b.until) : (a.until ?? b.until),
})
