import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'
import { TextsFields } from '#lib/editing/texts.ts'

export const ReadGroup = graphql(
  `
    query ReadGroup($id: ID!, $first: Int!, $after: String) {
      node(id: $id) {
        __typename
        ... on CustomerGroup {
          id
          code
          name
          version
          nameTexts {
            ...TextsFields
          }
          members(first: $first, after: $after) {
            totalCount
            nodes {
              id
              name
              email
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

/** A customer group as its page has it. */
export type GroupData = Extract<ResultOf<typeof ReadGroup>['node'], { __typename: 'CustomerGroup' }>

export const GroupCreate = graphql(
  `
    mutation GroupCreate($input: CustomerGroupCreateInput!) {
      payload: customerGroupCreate(input: $input) {
        customerGroup {
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

export const GroupUpdate = graphql(
  `
    mutation GroupUpdate($input: CustomerGroupUpdateInput!) {
      payload: customerGroupUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const GroupDelete = graphql(
  `
    mutation GroupDelete($input: CustomerGroupDeleteInput!) {
      payload: customerGroupDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const GroupMembersAdd = graphql(
  `
    mutation GroupMembersAdd($input: CustomerGroupMembersAddInput!) {
      payload: customerGroupMembersAdd(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const GroupMembersRemove = graphql(
  `
    mutation GroupMembersRemove($input: CustomerGroupMembersRemoveInput!) {
      payload: customerGroupMembersRemove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
