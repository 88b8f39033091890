import { CartView } from './cart-documents.ts'
import { graphql } from './client.ts'

export const CustomerSignIn = graphql(`
  mutation CustomerSignIn($input: CustomerSignInInput!) {
    customerSignIn(input: $input) {
      token
      userErrors {
        code
        message
        path
      }
    }
  }
`)

export const CartClaim = graphql(
  `
    mutation CartClaim($input: CartClaimInput!) {
      cartClaim(input: $input) {
        cart {
          ...CartView
        }
        userErrors {
          code
          message
          path
        }
      }
    }
  `,
  [CartView],
)
