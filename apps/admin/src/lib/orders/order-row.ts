import { graphql, type ResultOf } from '#lib/api/graphql.ts'

/** What a list shows of an order. */
export const OrderRow = graphql(`
  fragment OrderRow on Order {
    id
    number
    status
    test
    placedAt
    email
    customer {
      name
    }
    channel {
      name
      kind
    }
    total {
      amountMinor
      currency
    }
    lines {
      id
      name
      quantity
    }
  }
`)

/** An order as a list shows it. */
export type OrderRowData = ResultOf<typeof OrderRow>

/** Tells of orders placed, cancelled and fulfilled. */
export const OrderChanged = graphql(
  `
    subscription OrderChanged($after: String) {
      change: orderChanged(after: $after) {
        eventId
        order {
          ...OrderRow
        }
      }
    }
  `,
  [OrderRow],
)
