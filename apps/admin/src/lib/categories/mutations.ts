import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const CategoryCreate = graphql(
  `
    mutation CategoryCreate($input: CategoryCreateInput!) {
      payload: categoryCreate(input: $input) {
        category {
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

export const CategoryUpdate = graphql(
  `
    mutation CategoryUpdate($input: CategoryUpdateInput!) {
      payload: categoryUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CategoryMove = graphql(
  `
    mutation CategoryMove($input: CategoryMoveInput!) {
      payload: categoryMove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CategoryDelete = graphql(
  `
    mutation CategoryDelete($input: CategoryDeleteInput!) {
      payload: categoryDelete(input: $input) {
        deleted
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
