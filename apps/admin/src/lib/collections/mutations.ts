import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const CollectionCreate = graphql(
  `
    mutation CollectionCreate($input: CollectionCreateInput!) {
      payload: collectionCreate(input: $input) {
        collection {
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

export const CollectionUpdate = graphql(
  `
    mutation CollectionUpdate($input: CollectionUpdateInput!) {
      payload: collectionUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CollectionDelete = graphql(
  `
    mutation CollectionDelete($input: CollectionDeleteInput!) {
      payload: collectionDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CollectionProductsAdd = graphql(
  `
    mutation CollectionProductsAdd($input: CollectionProductsAddInput!) {
      payload: collectionProductsAdd(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CollectionProductsRemove = graphql(
  `
    mutation CollectionProductsRemove($input: CollectionProductsRemoveInput!) {
      payload: collectionProductsRemove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CollectionProductsMove = graphql(
  `
    mutation CollectionProductsMove($input: CollectionProductsMoveInput!) {
      payload: collectionProductsMove(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CollectionPublish = graphql(
  `
    mutation CollectionPublish($input: CollectionPublishInput!) {
      payload: collectionPublish(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const CollectionUnpublish = graphql(
  `
    mutation CollectionUnpublish($input: CollectionUnpublishInput!) {
      payload: collectionUnpublish(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
