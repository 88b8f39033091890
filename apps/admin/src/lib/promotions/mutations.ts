import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const PromotionCreate = graphql(
  `
    mutation PromotionCreate($input: PromotionCreateInput!) {
      payload: promotionCreate(input: $input) {
        promotion {
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

export const PromotionUpdate = graphql(
  `
    mutation PromotionUpdate($input: PromotionUpdateInput!) {
      payload: promotionUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PromotionPublish = graphql(
  `
    mutation PromotionPublish($input: PromotionPublishInput!) {
      payload: promotionPublish(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PromotionPause = graphql(
  `
    mutation PromotionPause($input: PromotionPauseInput!) {
      payload: promotionPause(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PromotionResume = graphql(
  `
    mutation PromotionResume($input: PromotionResumeInput!) {
      payload: promotionResume(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const PromotionArchive = graphql(
  `
    mutation PromotionArchive($input: PromotionArchiveInput!) {
      payload: promotionArchive(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
