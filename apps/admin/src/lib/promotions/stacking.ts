import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const MarketStacking = graphql(`
  query MarketStacking {
    markets {
      id
      name
      stacking
    }
  }
`)

/** A market with how promotions meet in it. */
export type MarketStackingData = ResultOf<typeof MarketStacking>['markets'][number]

export const MarketUpdate = graphql(
  `
    mutation MarketUpdate($input: MarketUpdateInput!) {
      payload: marketUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
