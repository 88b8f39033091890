import { graphql } from '#lib/api/graphql.ts'
import { OrderRow } from './order-row.ts'

export const OrderList = graphql(
  `
    query OrderList($first: Int!, $after: String, $where: OrderWhere) {
      orders(first: $first, after: $after, where: $where) {
        totalCount
        nodes {
          ...OrderRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [OrderRow],
)
