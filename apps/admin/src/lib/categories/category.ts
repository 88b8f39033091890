import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'
import { SeoFields } from '#lib/seo/seo.ts'

const CategoryNode = graphql(`
  fragment CategoryNode on Category {
    id
    name
    slug
    version
  }
`)

/** Two levels below a category; deeper ones are asked for when there are some. Each level costs five times the one above. */
export const CategoryBranch = graphql(
  `
    fragment CategoryBranch on Category {
      ...CategoryNode
      children {
        ...CategoryNode
        children {
          ...CategoryNode
        }
      }
    }
  `,
  [CategoryNode],
)

export const CategoryTree = graphql(
  `
    query CategoryTree {
      categories {
        ...CategoryBranch
      }
    }
  `,
  [CategoryBranch],
)

export const CategoriesBelow = graphql(
  `
    query CategoriesBelow($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ... on Category {
          ...CategoryBranch
        }
      }
    }
  `,
  [CategoryBranch],
)

export const ReadCategory = graphql(
  `
    query ReadCategory($id: ID!) {
      category(id: $id) {
        id
        name
        nameTexts {
          ...TextsFields
        }
        slug
        formerSlugs
        version
        seo {
          ...SeoFields
        }
        products(first: 1) {
          totalCount
        }
      }
    }
  `,
  [SeoFields, TextsFields],
)

/** A category as its editor has it. */
export type CategoryData = NonNullable<ResultOf<typeof ReadCategory>['category']>

/** A category in the tree. */
export interface Branch {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly version: number
  readonly children: readonly Branch[]
}
