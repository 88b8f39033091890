import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'

const VariantFields = graphql(
  `
    fragment VariantFields on Variant {
      id
      sku
      version
      name
      nameTexts {
        ...TextsFields
      }
      optionValues {
        id
        name
      }
      prices @include(if: $prices) {
        id
        minQuantity
        amount {
          decimal
          currency
        }
        priceList {
          id
        }
      }
      stock @include(if: $stock) {
        onHand
        reserved
        available
        location {
          id
        }
      }
    }
  `,
  [TextsFields],
)

export const ProductFields = graphql(
  `
    fragment ProductFields on Product {
      id
      version
      slug
      name
      status
      taxClass
      updatedAt
      nameTexts {
        ...TextsFields
      }
      descriptionTexts {
        ...TextsFields
      }
      categories {
        id
      }
      channels {
        id
      }
      images {
        id
        url
        alt
      }
      variants {
        ...VariantFields
      }
    }
  `,
  [TextsFields, VariantFields],
)

/** A product as its editor has it. */
export type ProductData = ResultOf<typeof ProductFields>

export const ReadProduct = graphql(
  `
    query ReadProduct($id: ID!, $prices: Boolean!, $stock: Boolean!) {
      product(id: $id) {
        ...ProductFields
      }
    }
  `,
  [ProductFields],
)

export const ProductChanged = graphql(`
  subscription ProductChanged($after: String, $ids: [ID!]) {
    change: productChanged(after: $after, ids: $ids) {
      eventId
      productId
    }
  }
`)

export const ProductChoices = graphql(`
  query ProductChoices($prices: Boolean!) {
    channels {
      id
      name
      kind
    }
    categories {
      id
      name
      children {
        id
        name
        children {
          id
          name
        }
      }
    }
    priceLists @include(if: $prices) {
      id
      name
      kind
      currency
    }
    locations {
      id
      name
      kind
    }
  }
`)

/** What an editor of products offers to choose from. */
export type ProductChoicesData = Required<ResultOf<typeof ProductChoices>>
