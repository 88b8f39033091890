import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const WhyChoices = graphql(`
  query WhyChoices {
    context {
      channel {
        id
      }
    }
    channels {
      id
      code
      name
    }
    segments(first: 500) {
      nodes {
        id
        name
      }
    }
  }
`)

/** For whom a price can be explained. */
export type WhyChoicesData = ResultOf<typeof WhyChoices>

const Explanation = graphql(`
  fragment Explanation on PriceExplanation {
    candidateCount
    candidates(first: 50) {
      amount {
        amountMinor
        currency
      }
      chosen
      derived
      minQuantity
      message
      priceList {
        id
        name
      }
    }
  }
`)

/** Why a variant costs what it costs. */
export type PriceExplanationData = ResultOf<typeof Explanation>

export const WhyPrice = graphql(
  `
    query WhyPrice($variantId: ID!, $channelId: ID, $segmentIds: [ID!], $quantity: Int!) {
      priceExplanation(
        variantId: $variantId
        channelId: $channelId
        segmentIds: $segmentIds
        quantity: $quantity
      ) {
        ...Explanation
      }
    }
  `,
  [Explanation],
)

export const WhyLinePrice = graphql(
  `
    query WhyLinePrice($id: ID!) {
      orderLinePriceExplanation(id: $id) {
        ...Explanation
      }
    }
  `,
  [Explanation],
)

export const ShelfNow = graphql(`
  query ShelfNow($variantId: ID!) {
    variant(id: $variantId) {
      price {
        unit {
          amountMinor
          currency
        }
        list {
          amountMinor
          currency
        }
        lowestPrice30d {
          amountMinor
          currency
        }
      }
    }
  }
`)

/** What a variant costs on the shelf, before and after what reduces it. */
export type ShelfNowData = NonNullable<ResultOf<typeof ShelfNow>['variant']>['price']
