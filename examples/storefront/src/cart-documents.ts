import type { ResultOf } from 'gql.tada'
import { graphql } from './graphql.ts'

export const CartView = graphql(`
  fragment CartView on Cart {
    id
    version
    status
    coupons
    country
    lines {
      id
      quantity
      unit {
        formatted
      }
      subtotal {
        formatted
      }
      variant {
        sku
        name
        product {
          name
          slug
          images {
            url
            alt
          }
        }
      }
    }
    applications {
      name
      amount {
        formatted
      }
    }
    problems {
      message
    }
    trace {
      code
      message
    }
    subtotal {
      formatted
    }
    delivery {
      formatted
    }
    tax {
      formatted
    }
    total {
      amountMinor
      currency
      formatted
    }
  }
`)

export const ActiveCart = graphql(
  `
    query ActiveCart {
      activeCart {
        ...CartView
      }
    }
  `,
  [CartView],
)

export type CartContents = ResultOf<typeof CartView>
