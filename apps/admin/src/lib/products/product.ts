import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { CategoryBranch } from '#lib/categories/category.ts'
import { TextsFields } from '#lib/editing/texts.ts'
import { SeoFields } from '#lib/seo/seo.ts'
import { TypeFields, ValueFields } from './attribute-fields.ts'
import { VariantFields } from './variant-fields.ts'
import { DraftFields } from './version-fields.ts'

const NamedProduct = graphql(`
  fragment NamedProduct on Product {
    id
    name
    slug
    status
  }
`)

const RelatedFields = graphql(
  `
    fragment RelatedFields on Product {
      CROSS_SELL: related(kind: CROSS_SELL) {
        ...NamedProduct
      }
      UP_SELL: related(kind: UP_SELL) {
        ...NamedProduct
      }
      ACCESSORY: related(kind: ACCESSORY) {
        ...NamedProduct
      }
      SIMILAR: related(kind: SIMILAR) {
        ...NamedProduct
      }
      SPARE_PART: related(kind: SPARE_PART) {
        ...NamedProduct
      }
    }
  `,
  [NamedProduct],
)

const PictureFields = graphql(
  `
    fragment PictureFields on Product {
      images {
        id
        url
        alt
        altTexts {
          ...TextsFields
        }
        asset {
          id
          version
          width
          height
          focalPoint {
            x
            y
          }
        }
      }
    }
  `,
  [TextsFields],
)

const OptionFields = graphql(
  `
    fragment OptionFields on Product {
      options {
        id
        code
        name
        nameTexts {
          ...TextsFields
        }
        values {
          id
          code
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

const StampFields = graphql(`
  fragment StampFields on Product {
    id
    version
    updatedAt
    publications {
      publishedFrom
      publishedUntil
      channel {
        id
      }
    }
  }
`)

/** Differs after each change that `ProductChanged` tells of. */
export const stampOf = (product: ResultOf<typeof StampFields> | null): string =>
  JSON.stringify(product && [product.id, product.version, product.updatedAt, product.publications])

export const ProductFields = graphql(
  `
    fragment ProductFields on Product {
      ...StampFields
      slug
      formerSlugs
      name
      status
      taxClass
      contentVersion
      nameTexts {
        ...TextsFields
      }
      descriptionTexts {
        ...TextsFields
      }
      seo {
        ...SeoFields
      }
      categories {
        id
      }
      productType {
        ...TypeFields
      }
      attributes {
        ...ValueFields
      }
      draft {
        ...DraftFields
      }
      ...PictureFields
      ...RelatedFields
      ...OptionFields
      variants {
        ...VariantFields
      }
      archivedCount: variantConnection(where: { archived: true }) {
        totalCount
      }
    }
  `,
  [
    DraftFields,
    OptionFields,
    PictureFields,
    RelatedFields,
    SeoFields,
    StampFields,
    TextsFields,
    TypeFields,
    ValueFields,
    VariantFields,
  ],
)

/** Variants in the archive by themselves: most products have none, and room for many costs as much as many. */
export const ReadArchived = graphql(
  `
    query ReadArchived($id: ID!, $first: Int!, $prices: Boolean!, $stock: Boolean!, $write: Boolean!) {
      product(id: $id) {
        archived: variantConnection(first: $first, where: { archived: true }) {
          nodes {
            ...VariantFields
          }
        }
      }
    }
  `,
  [VariantFields],
)

/** How many variants of the archive the editor shows. */
export const MOST_ARCHIVED = 200

/** A product as its editor has it. */
export type ProductData = ResultOf<typeof ProductFields> &
  NonNullable<ResultOf<typeof ReadArchived>['product']>

/** One of its variants, on sale or archived. */
export type VariantData = ProductData['variants'][number]

/** Everything that the editor of a product shows and offers, in one question. */
export const ReadProduct = graphql(
  `
    query ReadProduct($id: ID!, $prices: Boolean!, $stock: Boolean!, $write: Boolean!) {
      product(id: $id) {
        ...ProductFields
      }
      channels {
        id
        name
        kind
      }
      categories {
        ...CategoryBranch
      }
      productTypes(first: 250) {
        nodes {
          id
          name
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
  `,
  [CategoryBranch, ProductFields],
)

/** What an editor of products offers to choose from. */
export type ProductChoicesData = Required<Omit<ResultOf<typeof ReadProduct>, 'product'>>

export const ProductChanged = graphql(
  `
    subscription ProductChanged($after: String, $ids: [ID!]) {
      change: productChanged(after: $after, ids: $ids) {
        eventId
        product {
          ...StampFields
        }
      }
    }
  `,
  [StampFields],
)

/** Every variant of a product: those on sale first, then those in the archive. */
export const variantsOf = ({ variants, archived }: Pick<ProductData, 'variants' | 'archived'>) => [
  ...variants,
  ...archived.nodes,
]
