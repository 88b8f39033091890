import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const ImportCreate = graphql(
  `
    mutation ImportCreate($input: BulkImportCreateInput!) {
      payload: bulkImportCreate(input: $input) {
        job {
          id
          uploadUrl
        }
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ExportCreate = graphql(
  `
    mutation ExportCreate($input: BulkExportCreateInput!) {
      payload: bulkExportCreate(input: $input) {
        job {
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

export const JobCancel = graphql(
  `
    mutation JobCancel($input: BulkJobCancelInput!) {
      payload: bulkJobCancel(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
