import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const PromotionList = graphql(`
  query PromotionList($first: Int!, $after: String, $status: PromotionStatus, $search: String) {
    promotions(first: $first, after: $after, status: $status, search: $search) {
      totalCount
      nodes {
        id
        name
        status
        version
        publishedVersion
        summary
        trigger
        used
        usageLimit
        startsAt
        endsAt
        updatedAt
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** A promotion as the list shows it. */
export type PromotionRow = ResultOf<typeof PromotionList>['promotions']['nodes'][number]

/** The life of a promotion. */
export type PromotionStatus = PromotionRow['status']

const PromotionFields = graphql(`
  fragment PromotionFields on Promotion {
    id
    name
    nameTexts {
      en
      es
    }
    status
    version
    publishedVersion
    definition
    used
    usageLimit
    perCustomerLimit
    coupons(first: 1000) {
      nodes {
        code
      }
    }
  }
`)

/** A promotion as its editor has it. */
export type PromotionData = ResultOf<typeof PromotionFields>

export const ReadPromotion = graphql(
  `
    query ReadPromotion($id: ID!) {
      promotion(id: $id) {
        ...PromotionFields
      }
    }
  `,
  [PromotionFields],
)

export const PromotionChanged = graphql(`
  subscription PromotionChanged($after: String) {
    change: promotionChanged(after: $after) {
      eventId
      promotion {
        id
      }
    }
  }
`)

export const PromotionChoices = graphql(`
  query PromotionChoices {
    markets {
      code
      name
      currency
    }
    channels {
      code
      name
    }
    categories {
      ...CategoryNode
      children {
        ...CategoryNode
        children {
          ...CategoryNode
        }
      }
    }
  }

  fragment CategoryNode on Category {
    id
    slug
    name
    nameTexts {
      en
      es
    }
  }
`)

/** What an editor of promotions offers to choose from. */
export type PromotionChoicesData = ResultOf<typeof PromotionChoices>

export const ProductNames = graphql(`
  query ProductNames($ids: [ID!], $search: String) {
    products(first: 50, where: { ids: $ids, search: $search }) {
      nodes {
        id
        slug
        name
        nameTexts {
          en
          es
        }
        images {
          url
        }
      }
    }
  }
`)

/** A product by name. */
export type NamedProduct = ResultOf<typeof ProductNames>['products']['nodes'][number]
