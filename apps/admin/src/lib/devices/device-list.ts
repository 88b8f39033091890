import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const DeviceRow = graphql(`
  fragment DeviceRow on Device {
    id
    name
    status
    state
    seenAt
    test
    type {
      name
      kind
    }
    owner {
      name
    }
    channel {
      name
      kind
    }
  }
`)

/** A device as a list shows it. */
export type DeviceRowData = ResultOf<typeof DeviceRow>

export const DeviceList = graphql(
  `
    query DeviceList($first: Int!, $after: String, $search: String) {
      devices(first: $first, after: $after, search: $search) {
        totalCount
        nodes {
          ...DeviceRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [DeviceRow],
)

/** Tells of devices added, changed, revoked, and of their state. */
export const DeviceChanged = graphql(
  `
    subscription DeviceChanged($after: String) {
      change: deviceChanged(after: $after) {
        eventId
        device {
          ...DeviceRow
        }
      }
    }
  `,
  [DeviceRow],
)
