import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const PriceListCreate = graphql(
  `
    mutation PriceListCreate($input: PriceListCreateInput!) {
      payload: priceListCreate(input: $input) {
        priceList {
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

export const PriceListUpdate = graphql(
  `
    mutation PriceListUpdate($input: PriceListUpdateInput!) {
      payload: priceListUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PriceListArchive = graphql(
  `
    mutation PriceListArchive($input: PriceListArchiveInput!) {
      payload: priceListArchive(input: $input) {
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
        prices {
          id
        }
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

export const ListPriceRemove = graphql(
  `
    mutation ListPriceRemove($input: PriceRemoveInput!) {
      payload: priceRemove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
