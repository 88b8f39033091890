import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const ReadBatches = graphql(`
  query ReadBatches($id: ID!, $first: Int!) {
    promotion(id: $id) {
      couponBatches(first: $first) {
        totalCount
        nodes {
          id
          name
          prefix
          pattern
          count
          made
          usageLimit
          perCustomerLimit
          expiresAt
          disabledAt
          finishedAt
          createdAt
          exportPath
        }
      }
    }
  }
`)

/** Codes made together. */
export type BatchData = NonNullable<
  ResultOf<typeof ReadBatches>['promotion']
>['couponBatches']['nodes'][number]

export const ReadCodes = graphql(`
  query ReadCodes($id: ID!, $first: Int!, $after: String, $startsWith: String) {
    promotion(id: $id) {
      coupons(first: $first, after: $after, startsWith: $startsWith) {
        totalCount
        nodes {
          id
          code
          used
          usageLimit
          expiresAt
          disabledAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

/** A page of codes. */
export type CodesData = NonNullable<ResultOf<typeof ReadCodes>['promotion']>['coupons']

export const CouponsGenerate = graphql(
  `
    mutation CouponsGenerate($input: CouponsGenerateInput!) {
      payload: couponsGenerate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CouponBatchUpdate = graphql(
  `
    mutation CouponBatchUpdate($input: CouponBatchUpdateInput!) {
      payload: couponBatchUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CouponUpdate = graphql(
  `
    mutation CouponUpdate($input: CouponUpdateInput!) {
      payload: couponUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
