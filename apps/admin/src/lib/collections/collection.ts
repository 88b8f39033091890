import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'
import { SeoFields } from '#lib/seo/seo.ts'

export const CollectionList = graphql(`
  query CollectionList($first: Int!, $after: String, $where: CollectionWhere) {
    collections(first: $first, after: $after, where: $where) {
      totalCount
      nodes {
        id
        name
        slug
        isByRule
        updatedAt
        publications {
          isOpen
        }
        products(first: 1) {
          totalCount
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** A collection as the list shows it. */
export type CollectionRow = ResultOf<typeof CollectionList>['collections']['nodes'][number]

const Tile = graphql(`
  fragment Tile on Product {
    id
    name
    slug
    status
    images {
      url
    }
  }
`)

export const ReadCollection = graphql(
  `
    query ReadCollection($id: ID!, $first: Int!) {
      collection(id: $id) {
        id
        name
        nameTexts {
          ...TextsFields
        }
        descriptionTexts {
          ...TextsFields
        }
        slug
        formerSlugs
        version
        isByRule
        rule
        pinnedCount
        seo {
          ...SeoFields
        }
        publications {
          channel {
            id
          }
          publishedFrom
          publishedUntil
        }
        products(first: $first) {
          totalCount
          nodes {
            ...Tile
          }
          pageInfo {
            hasNextPage
          }
        }
      }
      channels {
        id
        name
        kind
      }
    }
  `,
  [SeoFields, TextsFields, Tile],
)

/** A collection as its editor has it. */
export type CollectionData = NonNullable<ResultOf<typeof ReadCollection>['collection']>

/** A channel that a collection can be published in. */
export type ChannelData = ResultOf<typeof ReadCollection>['channels'][number]

export const RuleParts = graphql(`
  query RuleParts {
    collectionRuleSchema
    productTypes(first: 1000) {
      nodes {
        id
        name
      }
    }
    attributes(first: 1000) {
      nodes {
        code
        name
        kind
        unit
        filterable
        choices {
          code
          name
        }
      }
    }
  }
`)

/** An attribute that rules may look at. */
export type RuleAttribute = ResultOf<typeof RuleParts>['attributes']['nodes'][number]

export const RulePreview = graphql(
  `
    query RulePreview($input: CollectionRulePreviewInput!) {
      preview: collectionRulePreview(input: $input) {
        total
        added {
          count
          products {
            ...Tile
          }
        }
        removed {
          count
          products {
            ...Tile
          }
        }
      }
    }
  `,
  [Tile],
)

/** What a rule would change. */
export type RulePreviewData = NonNullable<ResultOf<typeof RulePreview>['preview']>

export const FindProducts = graphql(`
  query FindProducts($search: String) {
    products(first: 20, where: { search: $search }) {
      nodes {
        id
        name
        slug
      }
    }
  }
`)

export const CollectionChanged = graphql(`
  subscription CollectionChanged($after: String, $ids: [ID!]) {
    change: collectionChanged(after: $after, ids: $ids) {
      eventId
      collectionId
    }
  }
`)
