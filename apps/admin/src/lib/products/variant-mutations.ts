import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const VariantCreate = graphql(
  `
    mutation VariantCreate($input: VariantCreateInput!) {
      payload: variantCreate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const VariantsSave = graphql(
  `
    mutation VariantsSave($input: VariantsSaveInput!) {
      payload: variantsSave(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const VariantBarcodesSet = graphql(
  `
    mutation VariantBarcodesSet($input: VariantBarcodesSetInput!) {
      payload: variantBarcodesSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const VariantGoodsSet = graphql(
  `
    mutation VariantGoodsSet($input: VariantGoodsSetInput!) {
      payload: variantGoodsSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const VariantComponentsSet = graphql(
  `
    mutation VariantComponentsSet($input: VariantComponentsSetInput!) {
      payload: variantComponentsSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const VariantFilesSet = graphql(
  `
    mutation VariantFilesSet($input: VariantFilesSetInput!) {
      payload: variantFilesSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const OptionCreate = graphql(
  `
    mutation OptionCreate($input: OptionCreateInput!) {
      payload: optionCreate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const OptionUpdate = graphql(
  `
    mutation OptionUpdate($input: OptionUpdateInput!) {
      payload: optionUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const OptionDelete = graphql(
  `
    mutation OptionDelete($input: OptionDeleteInput!) {
      payload: optionDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const VariantsGenerate = graphql(
  `
    mutation VariantsGenerate($input: VariantsGenerateInput!) {
      payload: variantsGenerate(input: $input) {
        created {
          id
        }
        restored {
          id
        }
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
