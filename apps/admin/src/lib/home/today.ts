import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { OrderRow } from '#lib/orders/order-row.ts'

/** How many of the newest orders the start page shows. */
export const NEWEST = 12

/** What the start page counts; asked again when orders change. */
export const Totals = graphql(`
  query Totals($since: DateTime!) {
    today: orderTotals(since: $since) {
      count
      revenue {
        amountMinor
        currency
      }
      hours {
        start
        count
      }
    }
    waiting: orders(first: 1, where: { status: PLACED }) {
      totalCount
    }
  }
`)

/** The day in numbers. */
export type TotalsData = ResultOf<typeof Totals>

export const NewestOrders = graphql(
  `
    query NewestOrders($first: Int!) {
      orders(first: $first) {
        nodes {
          ...OrderRow
        }
      }
    }
  `,
  [OrderRow],
)
