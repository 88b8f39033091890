import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const AttributeCreate = graphql(
  `
    mutation AttributeCreate($input: AttributeCreateInput!) {
      payload: attributeCreate(input: $input) {
        attribute {
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

export const AttributeUpdate = graphql(
  `
    mutation AttributeUpdate($input: AttributeUpdateInput!) {
      payload: attributeUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const AttributeDelete = graphql(
  `
    mutation AttributeDelete($input: AttributeDeleteInput!) {
      payload: attributeDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
