import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const ParityChoices = graphql(`
  query ParityChoices {
    channels {
      id
      code
      name
    }
    segments(first: 200) {
      nodes {
        id
        name
      }
    }
    categories {
      id
      name
      children {
        id
        name
        children {
          id
          name
        }
      }
    }
    collections(first: 200) {
      nodes {
        id
        name
      }
    }
    parityWatches(first: 100) {
      nodes {
        id
        name
        state
        findingCount
        missing {
          message
        }
        checkedAt
        findings {
          variantId
          sku
          viewer
          baseline
          messages
          unit {
            amountMinor
            currency
          }
          baselineUnit {
            amountMinor
            currency
          }
        }
      }
    }
  }
`)

/** What a comparison can be of, and the ones that are watched. */
export type ParityChoicesData = ResultOf<typeof ParityChoices>

/** A comparison that is made again after each change. */
export type ParityWatchData = ParityChoicesData['parityWatches']['nodes'][number]

export const ReadParity = graphql(`
  query ReadParity($input: ParityReportInput!) {
    parityReport(input: $input) {
      cellCount
      differenceCount
      truncated
      columns {
        channel
        segment
        deviceKind
        at
      }
      rows {
        baseline
        variant {
          id
          sku
          name
          product {
            id
            name
          }
        }
        cells {
          column
          differs
          unit {
            amountMinor
            currency
          }
          final {
            amountMinor
            currency
          }
          reasons {
            message
          }
        }
      }
    }
  }
`)

/** What everybody is asked, and why not the same. */
export type ParityReportData = ResultOf<typeof ReadParity>['parityReport']

/** A variant for every viewer. */
export type ParityRowData = ParityReportData['rows'][number]

export const VariantNames = graphql(`
  query VariantNames($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      ... on Variant {
        id
        sku
      }
    }
  }
`)

export const ParityWatchCreate = graphql(
  `
    mutation ParityWatchCreate($input: ParityWatchCreateInput!) {
      payload: parityWatchCreate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ParityWatchDelete = graphql(
  `
    mutation ParityWatchDelete($input: ParityWatchDeleteInput!) {
      payload: parityWatchDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
