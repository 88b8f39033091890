import { graphql } from './graphql.ts'

export const CustomerSignIn = graphql(`
  mutation CustomerSignIn($input: CustomerSignInInput!) {
    customerSignIn(input: $input) {
      token
      refreshToken
      expiresAt
      userErrors {
        message
      }
    }
  }
`)

export const CartClaim = graphql(`
  mutation CartClaim($input: CartClaimInput!) {
    cartClaim(input: $input) {
      userErrors {
        message
      }
    }
  }
`)

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
