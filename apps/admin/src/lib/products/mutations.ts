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

export const ProductPublish = graphql(
  `
    mutation ProductPublish($input: ProductPublishInput!) {
      payload: productPublish(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ProductUnpublish = graphql(
  `
    mutation ProductUnpublish($input: ProductUnpublishInput!) {
      payload: productUnpublish(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const ProductRelationsSet = graphql(
  `
    mutation ProductRelationsSet($input: ProductRelationsSetInput!) {
      payload: productRelationsSet(input: $input) {
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

export const PricesSet = graphql(
  `
    mutation PricesSet($input: PricesSetInput!) {
      payload: pricesSet(input: $input) {
        refused {
          ...RefusalFields
        }
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
