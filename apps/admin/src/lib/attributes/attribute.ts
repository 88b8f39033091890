import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'

const AttributeFields = graphql(
  `
    fragment AttributeFields on Attribute {
      id
      code
      name
      nameTexts {
        ...TextsFields
      }
      kind
      unit
      localized
      filterable
      internal
      minimum
      maximum
      maxLength
      choices {
        code
        name
        nameTexts {
          ...TextsFields
        }
        color
      }
      version
    }
  `,
  [TextsFields],
)

export const AttributeList = graphql(
  `
    query AttributeList($first: Int!, $after: String, $search: String) {
      attributes(first: $first, after: $after, search: $search) {
        totalCount
        nodes {
          ...AttributeFields
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [AttributeFields],
)

/** An attribute as its editor has it. */
export type AttributeData = ResultOf<typeof AttributeFields>

/** What an attribute can be. */
export type AttributeKind = AttributeData['kind']

export const ReadAttribute = graphql(
  `
    query ReadAttribute($id: ID!) {
      attribute(id: $id) {
        ...AttributeFields
        productCount
      }
      productTypes(first: 1000) {
        nodes {
          id
          name
          attributes {
            attribute {
              id
            }
          }
        }
      }
    }
  `,
  [AttributeFields],
)
