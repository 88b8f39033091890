import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const AssetUploadCreate = graphql(
  `
    mutation AssetUploadCreate($input: AssetUploadCreateInput!) {
      payload: assetUploadCreate(input: $input) {
        upload {
          url
          maxBytes
        }
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
