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

export const AssetUpdate = graphql(
  `
    mutation AssetUpdate($input: AssetUpdateInput!) {
      payload: assetUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const AssetDelete = graphql(
  `
    mutation AssetDelete($input: AssetDeleteInput!) {
      payload: assetDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const AssetImport = graphql(
  `
    mutation AssetImport($input: AssetImportInput!) {
      payload: assetImport(input: $input) {
        asset {
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
