import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'

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

/** True of one whose published version, withheld or not, is older than its draft. */
export const isUnpublished = ({
  status,
  version,
  publishedVersion,
}: Pick<PromotionRow, 'status' | 'version' | 'publishedVersion'>): boolean =>
  (status === 'PUBLISHED' || status === 'PAUSED') && publishedVersion !== version

export const ReadPromotion = graphql(
  `
    query ReadPromotion($id: ID!) {
      promotion(id: $id) {
        id
        name
        nameTexts {
          ...TextsFields
        }
        status
        trigger
        version
        publishedVersion
        definition
        used
        usageLimit
        perCustomerLimit
        budgets {
          amount {
            amountMinor
            currency
          }
          spent {
            amountMinor
            currency
          }
        }
        coupons(first: 1000, inBatch: false) {
          nodes {
            code
          }
        }
      }
    }
  `,
  [TextsFields],
)

/** A promotion as its editor has it. */
export type PromotionData = NonNullable<ResultOf<typeof ReadPromotion>['promotion']>

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

export const PromotionChoices = graphql(
  `
    query PromotionChoices {
      markets {
        code
        name
        currency
        countries
        timeZone
      }
      channels {
        code
        name
      }
      customerGroups {
        code
        name
      }
      segments(first: 1000) {
        nodes {
          code
          name
          nameTexts {
            ...TextsFields
          }
        }
      }
      collections(first: 1000) {
        nodes {
          id
          slug
          name
          nameTexts {
            ...TextsFields
          }
        }
      }
      attributes(first: 1000) {
        nodes {
          code
          name
          kind
          filterable
          choices {
            code
            name
          }
        }
      }
    }
  `,
  [TextsFields],
)

/** What an editor of promotions offers to choose from, beside the categories. */
export type ListedChoices = ResultOf<typeof PromotionChoices>

/** A category to choose. */
export interface CategoryChoice {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** Its place in the tree. */
  readonly path: string
}

/** What an editor of promotions offers to choose from. */
export interface PromotionChoicesData extends ListedChoices {
  readonly categories: readonly CategoryChoice[]
}

export const NamesOf = graphql(
  `
    query NamesOf($ids: [ID!]!) {
      nodes(ids: $ids) {
        __typename
        ... on Product {
          id
          nameTexts {
            ...TextsFields
          }
        }
        ... on Category {
          id
          slug
          nameTexts {
            ...TextsFields
          }
        }
        ... on Variant {
          id
          sku
          product {
            nameTexts {
              ...TextsFields
            }
          }
        }
      }
    }
  `,
  [TextsFields],
)

export const FindNamedProducts = graphql(
  `
    query FindNamedProducts($search: String) {
      products(first: 50, where: { search: $search }) {
        nodes {
          id
          slug
          name
          nameTexts {
            ...TextsFields
          }
        }
      }
    }
  `,
  [TextsFields],
)
