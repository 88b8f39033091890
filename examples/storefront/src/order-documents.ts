import { graphql } from './graphql.ts'

export const Countries = graphql(`
  query Countries {
    context {
      market {
        countries
      }
    }
  }
`)

export const Order = graphql(`
  query Order($id: ID!) {
    order(id: $id) {
      number
      email
      address {
        name
        line1
        line2
        postalCode
        city
        country
      }
      lines {
        id
        name
        variantName
        quantity
        total: gross {
          formatted
        }
      }
      delivery {
        formatted
      }
      tax {
        formatted
      }
      total {
        formatted
      }
    }
  }
`)

export const OrderPlace = graphql(`
  mutation OrderPlace($input: OrderPlaceInput!) {
    orderPlace(input: $input) {
      order {
        id
      }
      userErrors {
        message
        path
        ... on CartAlreadyOrderedError {
          orderId
        }
      }
    }
  }
`)
