import { CartView } from './cart-documents.ts'
import { graphql } from './graphql.ts'

export const CustomerSignIn = graphql(`
  mutation CustomerSignIn($input: CustomerSignInInput!) {
    customerSignIn(input: $input) {
      token
      refreshToken
      expiresAt
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

export const CustomerTokenRefresh = graphql(`
  mutation CustomerTokenRefresh($input: CustomerTokenRefreshInput!) {
    customerTokenRefresh(input: $input) {
      token
      refreshToken
      expiresAt
      userErrors {
        code
      }
    }
  }
`)

export const CustomerSignOut = graphql(`
  mutation CustomerSignOut($input: CustomerSignOutInput!) {
    customerSignOut(input: $input) {
      done
      userErrors {
        code
      }
    }
  }
`)
