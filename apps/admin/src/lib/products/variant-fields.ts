import { graphql } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'
import { ValueFields } from './attribute-fields.ts'

/** What kind of goods a variant is, and what comes with it. */
const GoodsFields = graphql(`
  fragment GoodsFields on Variant {
    fulfilment
    trackStock
    measure {
      unit
      scale
      step
      minimum
      maximum
    }
    unitPriceMeasure {
      amount
      unit
      reference {
        amount
        unit
      }
    }
    barcodes {
      code
      kind
    }
    components {
      sku
      name
      quantity
      variant {
        id
      }
    }
    bundleReductionPpm
    digitalFiles @include(if: $write) {
      name
      mediaType
      body
      storageKey
      maxDownloads
      days
      asset {
        id
        fileName
      }
    }
  }
`)

export const VariantFields = graphql(
  `
    fragment VariantFields on Variant {
      id
      sku
      version
      name
      archivedAt
      nameTexts {
        ...TextsFields
      }
      optionValues {
        id
        name
      }
      attributes {
        ...ValueFields
      }
      ...GoodsFields
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
  [TextsFields, ValueFields, GoodsFields],
)
