import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const ProductDraftSave = graphql(
  `
    mutation ProductDraftSave($input: ProductDraftSaveInput!) {
      payload: productDraftSave(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ProductDraftDiscard = graphql(
  `
    mutation ProductDraftDiscard($input: ProductDraftDiscardInput!) {
      payload: productDraftDiscard(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ProductDraftPublish = graphql(
  `
    mutation ProductDraftPublish($input: ProductDraftPublishInput!) {
      payload: productDraftPublish(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ProductVersionRestore = graphql(
  `
    mutation ProductVersionRestore($input: ProductVersionRestoreInput!) {
      payload: productVersionRestore(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
