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
