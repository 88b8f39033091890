import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const ProductCreate = graphql(
  `
    mutation ProductCreate($input: ProductCreateInput!) {
      payload: productCreate(input: $input) {
        product {
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

export const ProductUpdate = graphql(
  `
    mutation ProductUpdate($input: ProductUpdateInput!) {
      payload: productUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

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

export const VariantUpdate = graphql(
  `
    mutation VariantUpdate($input: VariantUpdateInput!) {
      payload: variantUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PriceSet = graphql(
  `
    mutation PriceSet($input: PriceSetInput!) {
      payload: priceSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PriceRemove = graphql(
  `
    mutation PriceRemove($input: PriceRemoveInput!) {
      payload: priceRemove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const StockSet = graphql(
  `
    mutation StockSet($input: StockSetInput!) {
      payload: stockSet(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ImageAdd = graphql(
  `
    mutation ImageAdd($input: ImageAddInput!) {
      payload: imageAdd(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
