import { graphql, type ResultOf } from '#lib/api/graphql.ts'

const JobRow = graphql(`
  fragment JobRow on BulkJob {
    id
    direction
    kind
    format
    state
    settings
    bytes
    position
    records
    created
    updated
    unchanged
    refused
    fileUrl
    createdAt
    finishedAt
    isOver
  }
`)

export const JobList = graphql(
  `
    query JobList($first: Int!, $after: String, $direction: BulkDirection) {
      bulkJobs(first: $first, after: $after, direction: $direction) {
        totalCount
        nodes {
          ...JobRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [JobRow],
)

/** An import or export as the list shows it. */
export type JobRowData = ResultOf<typeof JobRow>

export const ReadJob = graphql(
  `
    query ReadJob($id: ID!) {
      bulkJob(id: $id) {
        ...JobRow
        uploadUrl
        reportUrl
        warnings {
          message
        }
        problem {
          message
        }
        refusals {
          line
          record
          path
          message
        }
      }
    }
  `,
  [JobRow],
)

/** An import or export as its page has it. */
export type JobData = NonNullable<ResultOf<typeof ReadJob>['bulkJob']>

/** A row that was refused. */
export type RefusedRow = JobData['refusals'][number]

/** What a job brings in or takes out. */
export type JobKind = JobRowData['kind']

export const JobChanged = graphql(`
  subscription JobChanged($after: String, $id: ID) {
    change: bulkJobChanged(after: $after, id: $id) {
      eventId
    }
  }
`)

export const JobChoices = graphql(`
  query JobChoices($prices: Boolean!, $catalog: Boolean!) {
    priceLists @include(if: $prices) {
      code
      name
    }
    locations {
      code
      name
    }
    productTypes(first: 200) @include(if: $catalog) {
      nodes {
        code
        name
      }
    }
  }
`)

/** What forms of imports and exports offer. */
export type JobChoicesData = ResultOf<typeof JobChoices>

/** The name of the file of an import, as it came. */
export const fileNameOf = ({ settings }: Pick<JobRowData, 'settings'>): string =>
  (settings as { readonly fileName?: string }).fileName ?? ''

/** True for an import that only looks. */
export const isDryRun = ({ settings }: Pick<JobRowData, 'settings'>): boolean =>
  (settings as { readonly dryRun?: boolean }).dryRun === true
