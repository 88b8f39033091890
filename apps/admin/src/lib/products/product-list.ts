import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const ProductList = graphql(`
  query ProductList(
    $first: Int!
    $after: String
    $where: ProductWhere
    $sort: ProductSort
    $stock: Boolean!
  ) {
    products(first: $first, after: $after, where: $where, sort: $sort) {
      totalCount
      nodes {
        id
        slug
        name
        status
        updatedAt
        images {
          url
        }
        variants {
          id
          sku
          stock @include(if: $stock) {
            available
          }
        }
        priceRange {
          min {
            amountMinor
            currency
          }
          max {
            amountMinor
            currency
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** A product as the list shows it. */
export type ProductRow = ResultOf<typeof ProductList>['products']['nodes'][number]

/** What a product's life has for stages. */
export type ProductStatus = ProductRow['status']

const STATUSES = ['PUBLISHED', 'DRAFT', 'ARCHIVED'] as const

/** The status named in an address, if it is one. */
export const productStatusOf = (text: string | null): ProductStatus | undefined =>
  STATUSES.find((status) => status === text)

const SORTS = {
  updated: { field: 'UPDATED_AT', direction: 'DESC' },
  name: { field: 'NAME', direction: 'ASC' },
  created: { field: 'CREATED_AT', direction: 'DESC' },
} as const

/** The order of the list named in an address; last changed first by default. */
export const productSortOf = (text: string | null): (typeof SORTS)[keyof typeof SORTS] =>
  SORTS[text as keyof typeof SORTS] ?? SORTS.updated
