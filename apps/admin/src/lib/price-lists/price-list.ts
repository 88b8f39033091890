import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'

export const PriceListPage = graphql(`
  query PriceListPage(
    $first: Int!
    $after: String
    $kind: PriceListKind
    $status: PriceListStatus
    $search: String
  ) {
    priceListSearch(first: $first, after: $after, kind: $kind, status: $status, search: $search) {
      totalCount
      nodes {
        id
        code
        name
        kind
        status
        currency
        rank
        validFrom
        validUntil
        countries
        derivation {
          adjustmentPpm
          base {
            name
          }
        }
        markets {
          name
        }
        channels {
          name
        }
        customerGroups {
          name
        }
        segments {
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`)

/** A price list as the list of them shows it. */
export type PriceListRow = ResultOf<typeof PriceListPage>['priceListSearch']['nodes'][number]

const PriceListFields = graphql(
  `
    fragment PriceListFields on PriceList {
      id
      code
      name
      kind
      status
      currency
      rank
      version
      validFrom
      validUntil
      countries
      nameTexts {
        ...TextsFields
      }
      derivation {
        adjustmentPpm
        rounding
        direction
        base {
          id
          name
        }
      }
      markets {
        id
      }
      channels {
        id
      }
      customerGroups {
        id
      }
      segments {
        id
      }
    }
  `,
  [TextsFields],
)

/** A price list as its editor has it. */
export type PriceListData = ResultOf<typeof PriceListFields>

export const ReadPriceList = graphql(
  `
    query ReadPriceList($id: ID!) {
      node(id: $id) {
        __typename
        ...PriceListFields
      }
    }
  `,
  [PriceListFields],
)

export const PriceListChoices = graphql(`
  query PriceListChoices {
    markets {
      id
      name
      currency
      countries
    }
    channels {
      id
      name
      market {
        currency
      }
    }
    customerGroups {
      id
      name
    }
    segments(first: 500) {
      nodes {
        id
        name
      }
    }
    priceLists {
      id
      name
      currency
    }
  }
`)

/** What an editor of price lists offers to choose from. */
export type PriceListChoicesData = ResultOf<typeof PriceListChoices>

export const PriceRows = graphql(`
  query PriceRows($id: ID!, $first: Int!, $after: String, $variantIds: [ID!]) {
    node(id: $id) {
      __typename
      ... on PriceList {
        prices(first: $first, after: $after, variantIds: $variantIds) {
          totalCount
          nodes {
            sku
            minQuantity
            maxQuantity
            validFrom
            validUntil
            derived
            amount {
              amountMinor
              currency
              decimal
            }
            variant {
              id
              name
              product {
                id
                name
              }
            }
            row {
              id
              priceList {
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
    }
  }
`)

/** The prices of a list, a page of them. */
export type PriceRowsData = Extract<ResultOf<typeof PriceRows>['node'], { __typename: 'PriceList' }>['prices']

/** A price of a list. */
export type PriceRowData = PriceRowsData['nodes'][number]

export const FindVariants = graphql(`
  query FindVariants($first: Int!, $where: ProductWhere) {
    products(first: $first, where: $where) {
      nodes {
        name
        variants {
          id
          sku
          name
        }
      }
    }
  }
`)
