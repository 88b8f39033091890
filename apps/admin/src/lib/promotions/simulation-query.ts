import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

const SimulationFields = graphql(`
  fragment SimulationFields on PromotionSimulation {
    id
    state
    failure
    days
    done
    total
    since
    until
    finishedAt
    orders {
      ...SumFields
    }
    carts {
      ...SumFields
    }
    perDay {
      day
      touched
      revenue {
        ...BeforeAfter
      }
    }
    mostAffected {
      orderId
      number
      total {
        ...BeforeAfter
      }
    }
  }

  fragment SumFields on SimulatedSums {
    currency
    count
    touched
    exact
    lines
    linesWithCost
    pointsBefore
    pointsAfter
    revenue {
      ...BeforeAfter
    }
    discount {
      ...BeforeAfter
    }
    margin {
      ...BeforeAfter
    }
  }

  fragment BeforeAfter on SimulatedAmount {
    before {
      amountMinor
      currency
    }
    after {
      amountMinor
      currency
    }
  }
`)

/** A simulation as it is shown. */
export type SimulationData = ResultOf<typeof SimulationFields>

/** What it did to the orders, or the carts, of one currency. */
export type SumsData = SimulationData['orders'][number]

/** An amount without and with the promotion. */
export type BeforeAfter = SumsData['revenue']

export const ReadSimulation = graphql(
  `
    query ReadSimulation($id: ID!) {
      node(id: $id) {
        __typename
        ...SimulationFields
      }
    }
  `,
  [SimulationFields],
)

export const PromotionSimulate = graphql(
  `
    mutation PromotionSimulate($input: PromotionSimulateInput!) {
      payload: promotionSimulate(input: $input) {
        simulation {
          id
        }
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PromotionSimulationCancel = graphql(
  `
    mutation PromotionSimulationCancel($input: PromotionSimulationCancelInput!) {
      payload: promotionSimulationCancel(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
