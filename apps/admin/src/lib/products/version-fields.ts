import { graphql, type ResultOf } from '#lib/api/graphql.ts'

const DifferenceFields = graphql(`
  fragment DifferenceFields on FieldDifference {
    field
    before
    after
  }
`)

/** A field that is another value. */
export type DifferenceData = ResultOf<typeof DifferenceFields>

export const DraftFields = graphql(
  `
    fragment DraftFields on ProductDraft {
      version
      base
      actor
      updatedAt
      publishAt
      failed
      refusal {
        message
      }
      conflicts
      difference {
        ...DifferenceFields
      }
      preview {
        all
      }
    }
  `,
  [DifferenceFields],
)

/** A change that waits to be published. */
export type DraftData = ResultOf<typeof DraftFields>

export const ReadVersions = graphql(`
  query ReadVersions($id: ID!, $first: Int!, $after: String) {
    product(id: $id) {
      versions(first: $first, after: $after) {
        totalCount
        nodes {
          number
          at
          actor
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`)

/** What a product said after a change, as the list of versions shows it. */
export type VersionRow = NonNullable<
  NonNullable<ResultOf<typeof ReadVersions>['product']>['versions']
>['nodes'][number]

export const ReadDifference = graphql(
  `
    query ReadDifference($id: ID!, $from: Int!, $to: Int!) {
      product(id: $id) {
        difference(from: $from, to: $to) {
          ...DifferenceFields
        }
      }
    }
  `,
  [DifferenceFields],
)
