import { graphql, type ResultOf } from '#lib/api/graphql.ts'

const GrantFields = graphql(`
  fragment GrantFields on StaffGrant {
    channelIds
    locationIds
    role {
      id
      name
    }
  }
`)

/** A role that a member of staff holds, and where. */
export type GrantData = ResultOf<typeof GrantFields>

const StaffRow = graphql(
  `
    fragment StaffRow on Staff {
      id
      name
      email
      disabled
      grants {
        ...GrantFields
      }
    }
  `,
  [GrantFields],
)

/** A member of staff as the list shows them. */
export type StaffRowData = ResultOf<typeof StaffRow>

const SessionFields = graphql(`
  fragment SessionFields on Session {
    id
    current
    userAgent
    address
    createdAt
  }
`)

/** Where somebody is signed in. */
export type SessionData = ResultOf<typeof SessionFields>

const StaffFields = graphql(
  `
    fragment StaffFields on Staff {
      ...StaffRow
      locale
      version
      sessions(first: 100) {
        nodes {
          ...SessionFields
        }
      }
    }
  `,
  [StaffRow, SessionFields],
)

/** A member of staff as their page shows them. */
export type StaffData = ResultOf<typeof StaffFields>

export const StaffList = graphql(
  `
    query StaffList($first: Int!, $after: String) {
      staffMembers(first: $first, after: $after) {
        totalCount
        nodes {
          ...StaffRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [StaffRow],
)

export const ReadStaff = graphql(
  `
    query ReadStaff($id: ID!) {
      node(id: $id) {
        ... on Staff {
          ...StaffFields
        }
      }
    }
  `,
  [StaffFields],
)

export const OwnProfile = graphql(
  `
    query OwnProfile {
      viewer {
        ... on Staff {
          ...StaffFields
        }
      }
    }
  `,
  [StaffFields],
)

/** Where something can hold. */
export const Places = graphql(`
  query Places {
    channels {
      id
      name
    }
    locations {
      id
      name
    }
  }
`)

export type PlacesData = ResultOf<typeof Places>

/** The roles to give. */
export const RoleChoices = graphql(`
  query RoleChoices {
    roles(first: 1000) {
      nodes {
        id
        name
      }
    }
  }
`)

export type RoleChoicesData = ResultOf<typeof RoleChoices>['roles']['nodes']
