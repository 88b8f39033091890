import { graphql, type ResultOf } from '#lib/api/graphql.ts'
import { TextsFields } from '#lib/editing/texts.ts'

/** What a control needs to know of an attribute. */
const DefinitionFields = graphql(`
  fragment DefinitionFields on Attribute {
    id
    code
    name
    kind
    unit
    minimum
    maximum
    maxLength
    localized
    internal
    choices {
      code
      name
      color
    }
  }
`)

/** A product type with what its products and variants are to say. */
export const TypeFields = graphql(
  `
    fragment TypeFields on ProductType {
      id
      name
      attributes {
        level
        required
        attribute {
          ...DefinitionFields
        }
      }
    }
  `,
  [DefinitionFields],
)

/** A product type as the editor of a product has it. */
export type TypeData = ResultOf<typeof TypeFields>

/** An attribute as its control has it. */
export type Definition = ResultOf<typeof DefinitionFields>

export const ReadType = graphql(
  `
    query ReadType($id: ID!) {
      productType(id: $id) {
        ...TypeFields
      }
    }
  `,
  [TypeFields],
)

/** What something says of its attributes, in all languages. */
export const ValueFields = graphql(
  `
    fragment ValueFields on AttributeValue {
      __typename
      code
      ... on TextAttributeValue {
        text
        texts {
          ...TextsFields
        }
      }
      ... on RichTextAttributeValue {
        html
        htmlTexts {
          ...TextsFields
        }
      }
      ... on NumberAttributeValue {
        number
      }
      ... on BooleanAttributeValue {
        boolean
      }
      ... on DateAttributeValue {
        date
      }
      ... on ChoiceAttributeValue {
        choice {
          code
        }
      }
      ... on MultiChoiceAttributeValue {
        choices {
          code
        }
      }
      ... on ColorAttributeValue {
        color
      }
      ... on FileAttributeValue {
        url
      }
      ... on ProductReferenceAttributeValue {
        products {
          id
          name
        }
      }
      ... on CategoryReferenceAttributeValue {
        categories {
          id
          name
        }
      }
    }
  `,
  [TextsFields],
)

/** A value of an attribute as it is saved. */
export type ValueData = ResultOf<typeof ValueFields>

export const TypeNames = graphql(`
  query TypeNames {
    productTypes(first: 250) {
      nodes {
        id
        name
      }
    }
  }
`)
