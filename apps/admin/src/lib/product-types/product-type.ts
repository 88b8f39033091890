import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'
import { TextsFields } from '#lib/editing/texts.ts'

export const ProductTypeList = graphql(`
  query ProductTypeList($first: Int!, $after: String, $search: String) {
    productTypes(first: $first, after: $after, search: $search) {
      totalCount
      nodes {
        id
        code
        name
        productCount
        attributes {
          attribute {
            name
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

/** A product type as the list shows it. */
export type ProductTypeRow = ResultOf<typeof ProductTypeList>['productTypes']['nodes'][number]

export const ReadProductType = graphql(
  `
    query ReadProductType($id: ID!) {
      productType(id: $id) {
        id
        code
        name
        nameTexts {
          ...TextsFields
        }
        productCount
        version
        attributes {
          attribute {
            id
          }
          level
          required
        }
      }
      attributes(first: 1000) {
        nodes {
          id
          code
          name
          kind
          filterable
        }
      }
    }
  `,
  [TextsFields],
)

/** A product type as its editor has it. */
export type ProductTypeData = NonNullable<ResultOf<typeof ReadProductType>['productType']>

/** An attribute that a type may list. */
export type ListedAttribute = ResultOf<typeof ReadProductType>['attributes']['nodes'][number]

export const ProductTypeCreate = graphql(
  `
    mutation ProductTypeCreate($input: ProductTypeCreateInput!) {
      payload: productTypeCreate(input: $input) {
        productType {
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

export const ProductTypeUpdate = graphql(
  `
    mutation ProductTypeUpdate($input: ProductTypeUpdateInput!) {
      payload: productTypeUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ProductTypeDelete = graphql(
  `
    mutation ProductTypeDelete($input: ProductTypeDeleteInput!) {
      payload: productTypeDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
