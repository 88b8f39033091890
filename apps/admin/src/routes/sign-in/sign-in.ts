import { RefusalFields } from '#lib/api/refusal.ts'
import { graphql } from '#lib/api/graphql.ts'

export const ShopName = graphql(`
  query ShopName {
    shop {
      name
    }
    viewer {
      __typename
    }
  }
`)

export const StaffSignIn = graphql(
  `
    mutation StaffSignIn($input: StaffSignInInput!) {
      payload: staffSignIn(input: $input) {
        staff {
          locale
        }
        token
        expiresAt
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
