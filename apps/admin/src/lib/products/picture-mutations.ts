import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const ImageAdd = graphql(
  `
    mutation ImageAdd($input: ImageAddInput!) {
      payload: imageAdd(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ImageUpdate = graphql(
  `
    mutation ImageUpdate($input: ImageUpdateInput!) {
      payload: imageUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ImageRemove = graphql(
  `
    mutation ImageRemove($input: ImageRemoveInput!) {
      payload: imageRemove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ImagesReorder = graphql(
  `
    mutation ImagesReorder($input: ImagesReorderInput!) {
      payload: imagesReorder(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
