import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'
import { TextsFields } from '#lib/editing/texts.ts'

export const SegmentList = graphql(`
  query SegmentList($first: Int!, $after: String, $archived: Boolean, $search: String) {
    segments(first: $first, after: $after, archived: $archived, search: $search) {
      totalCount
      nodes {
        id
        code
        name
        description
        members(first: 1) {
          totalCount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    customerGroups {
      id
      code
      name
    }
  }
`)

/** A segment as the list shows it. */
export type SegmentRow = ResultOf<typeof SegmentList>['segments']['nodes'][number]

export const ReadSegment = graphql(
  `
    query ReadSegment($id: ID!, $first: Int!, $after: String) {
      node(id: $id) {
        __typename
        ... on Segment {
          id
          code
          name
          archived
          version
          nameTexts {
            ...TextsFields
          }
          descriptionTexts {
            ...TextsFields
          }
          members(first: $first, after: $after) {
            totalCount
            nodes {
              since
              until
              customer {
                id
                name
                email
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    }
  `,
  [TextsFields],
)

/** A segment as its page has it. */
export type SegmentData = Extract<ResultOf<typeof ReadSegment>['node'], { __typename: 'Segment' }>

export const FindCustomers = graphql(`
  query FindCustomers($search: String) {
    customers(first: 20, search: $search) {
      nodes {
        id
        name
        email
      }
    }
  }
`)

export const SegmentCreate = graphql(
  `
    mutation SegmentCreate($input: SegmentCreateInput!) {
      payload: segmentCreate(input: $input) {
        segment {
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

export const SegmentUpdate = graphql(
  `
    mutation SegmentUpdate($input: SegmentUpdateInput!) {
      payload: segmentUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const SegmentMembersAdd = graphql(
  `
    mutation SegmentMembersAdd($input: SegmentMembersAddInput!) {
      payload: segmentMembersAdd(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const SegmentMembersRemove = graphql(
  `
    mutation SegmentMembersRemove($input: SegmentMembersRemoveInput!) {
      payload: segmentMembersRemove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
