import type { ResultOf } from 'gql.tada'
import { graphql } from './graphql.ts'

const Shelf = graphql(`
  fragment Shelf on Variant {
    id
    sku
    name
    price {
      unit {
        amountMinor
        formatted
      }
      lowestPrice30d {
        amountMinor
        formatted
      }
    }
    availability {
      status
      quantity
    }
  }
`)

export const Products = graphql(
  `
    query Products($search: String, $after: String) {
      products(first: 24, after: $after, where: { search: $search }) {
        nodes {
          id
          slug
          name
          images {
            url
            alt
          }
          variants {
            ...Shelf
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [Shelf],
)

export const Product = graphql(
  `
    query Product($slug: String!) {
      product(slug: $slug) {
        id
        name
        description
        images {
          url
          alt
        }
        variants {
          ...Shelf
        }
      }
    }
  `,
  [Shelf],
)

/** What the shelf says now, when something may have been missed. */
export const ShelfAgain = graphql(
  `
    query ShelfAgain($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ...Shelf
      }
    }
  `,
  [Shelf],
)

export type Variant = ResultOf<typeof Shelf>
