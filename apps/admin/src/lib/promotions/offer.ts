import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const ReadOffers = graphql(`
  query ReadOffers($id: ID!, $first: Int!, $after: String) {
    promotion(id: $id) {
      offers(first: $first, after: $after) {
        totalCount
        nodes {
          id
          customerId
          deviceId
          note
          startsAt
          expiresAt
          usageLimit
          used
          withdrawnAt
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

/** A page of offers. */
export type OffersData = NonNullable<ResultOf<typeof ReadOffers>['promotion']>['offers']

/** A promotion offered to somebody. */
export type OfferData = OffersData['nodes'][number]

export const OfferedTo = graphql(`
  query OfferedTo($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Customer {
        id
        name
        email
      }
      ... on Device {
        id
        name
      }
    }
  }
`)

export const FindDevices = graphql(`
  query FindDevices($search: String) {
    devices(first: 20, search: $search) {
      nodes {
        id
        name
        type {
          name
        }
      }
    }
  }
`)

export const PromotionOffer = graphql(
  `
    mutation PromotionOffer($input: PromotionOfferInput!) {
      payload: promotionOffer(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PromotionOfferWithdraw = graphql(
  `
    mutation PromotionOfferWithdraw($input: PromotionOfferWithdrawInput!) {
      payload: promotionOfferWithdraw(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
