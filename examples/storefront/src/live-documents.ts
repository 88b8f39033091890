import { graphql } from './graphql.ts'
import { CartView } from './cart-documents.ts'

export const PriceChanged = graphql(`
  subscription PriceChanged($skus: [String!], $after: String) {
    priceChanged(skus: $skus, after: $after) {
      eventId
      sku
      price {
        amountMinor
        formatted
      }
      lowestPrice30d {
        amountMinor
        formatted
      }
    }
  }
`)

export const StockChanged = graphql(`
  subscription StockChanged($skus: [String!], $after: String) {
    stockChanged(skus: $skus, after: $after) {
      eventId
      sku
      availability {
        status
        quantity
      }
    }
  }
`)

export const CartChanged = graphql(
  `
    subscription CartChanged($id: ID!, $after: String) {
      cartChanged(id: $id, after: $after) {
        eventId
        cart {
          ...CartView
        }
      }
    }
  `,
  [CartView],
)
