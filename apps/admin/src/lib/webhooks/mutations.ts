import { graphql } from '#lib/api/graphql.ts'
import { RefusalFields } from '#lib/api/refusal.ts'

export const EndpointCreate = graphql(
  `
    mutation EndpointCreate($input: WebhookEndpointCreateInput!) {
      payload: webhookEndpointCreate(input: $input) {
        endpoint {
          id
        }
        secret
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const EndpointUpdate = graphql(
  `
    mutation EndpointUpdate($input: WebhookEndpointUpdateInput!) {
      payload: webhookEndpointUpdate(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const SecretRotate = graphql(
  `
    mutation SecretRotate($input: WebhookEndpointSecretRotateInput!) {
      payload: webhookEndpointSecretRotate(input: $input) {
        secret
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const EndpointDelete = graphql(
  `
    mutation EndpointDelete($input: WebhookEndpointDeleteInput!) {
      payload: webhookEndpointDelete(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const EndpointTest = graphql(
  `
    mutation EndpointTest($input: WebhookEndpointTestInput!) {
      payload: webhookEndpointTest(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const DeliveryReplay = graphql(
  `
    mutation DeliveryReplay($input: WebhookDeliveryReplayInput!) {
      payload: webhookDeliveryReplay(input: $input) {
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)

export const EndpointReplay = graphql(
  `
    mutation EndpointReplay($input: WebhookEndpointReplayInput!) {
      payload: webhookEndpointReplay(input: $input) {
        count
        userErrors {
          ...RefusalFields
        }
      }
    }
  `,
  [RefusalFields],
)
