import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const ViewChoices = graphql(`
  query ViewChoices {
    channels {
      id
      name
    }
    segments(first: 200) {
      nodes {
        id
        name
      }
    }
    customerGroups {
      id
      name
    }
    markets {
      countries
    }
    promotions(first: 20, status: DRAFT) {
      nodes {
        id
        name
      }
    }
  }
`)

/** As whom the shop can be looked at. */
export type ViewChoicesData = ResultOf<typeof ViewChoices>

export const ViewShelf = graphql(`
  query ViewShelf($viewer: ViewerInput!, $drafts: [ID!], $after: String) {
    viewAs(viewer: $viewer, draftPromotionIds: $drafts) {
      products(first: 12, after: $after) {
        totalCount
        nodes {
          product {
            id
            name
          }
          prices {
            sold
            variant {
              id
              sku
              name
            }
            unit {
              amountMinor
              currency
            }
            lowestPrice30d {
              amountMinor
              currency
            }
            total {
              amountMinor
              currency
            }
            applications {
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
`)

/** A product as somebody finds it. */
export type ViewedProductData = ResultOf<typeof ViewShelf>['viewAs']['products']['nodes'][number]

/** What one of its variants costs them. */
export type ViewedPriceData = ViewedProductData['prices'][number]

export const ViewCart = graphql(`
  query ViewCart(
    $viewer: ViewerInput!
    $drafts: [ID!]
    $lines: [ViewedLineInput!]!
    $couponCodes: [String!]
  ) {
    viewAs(viewer: $viewer, draftPromotionIds: $drafts) {
      cart(lines: $lines, couponCodes: $couponCodes) {
        points
        unpriced
        subtotal {
          ...Amount
        }
        discount {
          ...Amount
        }
        delivery {
          ...Amount
        }
        tax {
          ...Amount
        }
        total {
          ...Amount
        }
        applications {
          promotionId
          name
          couponCode
          amount {
            ...Amount
          }
        }
        trace {
          promotionId
          name
          message
          outcome
        }
        lines {
          id
          quantity
          gift
          variant {
            sku
          }
          total {
            ...Amount
          }
        }
      }
    }
  }

  fragment Amount on Money {
    amountMinor
    currency
  }
`)

/** What a cart would come to. */
export type ViewedCartData = ResultOf<typeof ViewCart>['viewAs']['cart']
