import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const RoleList = graphql(`
  query RoleList($first: Int!, $after: String) {
    permissions
    roles(first: $first, after: $after) {
      totalCount
      nodes {
        id
        name
        fixed
        permissions
        memberCount
        version
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** A named set of permissions. */
export type RoleData = ResultOf<typeof RoleList>['roles']['nodes'][number]
