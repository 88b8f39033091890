import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const EntryRow = graphql(`
  fragment EntryRow on AuditEntry {
    id
    at
    type
    action
    actor {
      kind
      id
      name
    }
    subject {
      kind
      id
      label
    }
    channel {
      name
    }
    address
    userAgent
    correlationId
    changes {
      field
      before
      after
    }
    facts
  }
`)

/** Something that was done, as the audit shows it. */
export type EntryData = ResultOf<typeof EntryRow>

export const AuditList = graphql(
  `
    query AuditList($first: Int!, $after: String, $where: AuditWhere) {
      auditEntries(first: $first, after: $after, where: $where) {
        nodes {
          ...EntryRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
      auditActions {
        type
        action
      }
    }
  `,
  [EntryRow],
)

/** Tells that there is something new among what is looked at. */
export const AuditNews = graphql(`
  subscription AuditNews($after: String, $where: AuditWhere) {
    change: auditEntryAdded(after: $after, where: $where) {
      eventId
    }
  }
`)
