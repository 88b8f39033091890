import type { Executor } from '@hilo/db'
import { type Money, money, storable } from '@hilo/kernel'
import { sql } from 'kysely'
import { inScope, type OrderScope } from './order-scope.ts'

const HOUR_MS = 3_600_000

/** The longest period that is added up: 31 days. */
export const LONGEST_PERIOD_MS = 31 * 24 * HOUR_MS

/** Which orders to add up: those within the scope, placed from `since` until just before `until`. */
interface TotalsOf {
  readonly scope: OrderScope
  /** A channel's code. */
  readonly channel?: string | undefined
  readonly since: Date
  readonly until: Date
}

/** The orders of a period in numbers. */
export interface OrderTotals {
  readonly count: number
  /** What was sold in each currency, by its code, without cancelled and test orders. */
  readonly revenue: readonly Money[]
  /** The hours in which something was ordered, counted from the beginning of the period. */
  readonly hours: readonly { readonly start: Date; readonly count: number }[]
}

/** Counts and adds up the orders of a period, in one statement and without fetching them. */
export const orderTotals = async (
  db: Executor<'order' | 'channel'>,
  { scope, channel, since, until }: TotalsOf,
): Promise<OrderTotals> => {
  const rows = await db
    .selectFrom('order')
    .select(({ fn }) => [
      'order.currency',
      sql<number>`floor(extract(epoch from "order".placed_at - ${since}::timestamptz) / 3600)::int`.as(
        'hour',
      ),
      fn.countAll<bigint>().as('count'),
      sql<string | null>`sum(total_minor) filter (where status <> 'CANCELLED' and not test)`.as('sold'),
    ])
    .where((eb) => inScope(scope)(eb as never))
    .where('order.placed_at', '>=', since)
    .where('order.placed_at', '<', until)
    .$if(channel !== undefined, (query) =>
      query.where('order.channel_id', '=', (eb) =>
        eb.selectFrom('channel').select('channel.id').where('channel.code', '=', storable(channel!)),
      ),
    )
    .groupBy(['order.currency', 'hour'])
    .execute()
  const revenue = new Map<string, bigint>()
  const hours = new Map<number, number>()
  for (const { currency, hour, count, sold } of rows) {
    hours.set(hour, (hours.get(hour) ?? 0) + Number(count))
    if (sold !== null) revenue.set(currency, (revenue.get(currency) ?? 0n) + BigInt(sold))
  }
  return {
    count: rows.reduce((sum, row) => sum + Number(row.count), 0),
    revenue: [...revenue].sort(([a], [b]) => (a < b ? -1 : 1)).map(([currency, sum]) => money(sum, currency)),
    hours: [...hours]
      .sort(([a], [b]) => a - b)
      .map(([hour, count]) => ({ start: new Date(since.getTime() + hour * HOUR_MS), count })),
  }
}
