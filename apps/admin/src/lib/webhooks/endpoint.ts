import { graphql, type ResultOf } from '#lib/api/graphql.ts'

export const EndpointRow = graphql(`
  fragment EndpointRow on WebhookEndpoint {
    id
    url
    description
    eventTypes
    channels {
      id
      name
    }
    active
    disabledReason
    disabledAt
    failingSince
    previousSecretUntil
    version
    createdAt
  }
`)

/** An endpoint as lists and its page show it. */
export type EndpointData = ResultOf<typeof EndpointRow>

export const EndpointList = graphql(
  `
    query EndpointList {
      webhookEndpoints {
        ...EndpointRow
      }
    }
  `,
  [EndpointRow],
)

/** What can be chosen about an endpoint. */
export const EndpointChoices = graphql(`
  query EndpointChoices {
    webhookEventTypes {
      name
      description
    }
    channels {
      id
      name
    }
  }
`)

export type EndpointChoicesData = ResultOf<typeof EndpointChoices>

export const DeliveryRow = graphql(`
  fragment DeliveryRow on WebhookDelivery {
    id
    eventType
    state
    attempts
    nextAttemptAt
    lastAttemptAt
    lastStatus
    lastError
    lastResponse
    durationMs
    createdAt
    body
  }
`)

/** One event told to an endpoint. */
export type DeliveryData = ResultOf<typeof DeliveryRow>

/** How a delivery stands. */
export type DeliveryState = DeliveryData['state']

export const ReadEndpoint = graphql(
  `
    query ReadEndpoint($id: ID!, $first: Int!, $after: String, $state: WebhookDeliveryState) {
      webhookEndpoint(id: $id) {
        ...EndpointRow
      }
      webhookDeliveries(endpoint: $id, first: $first, after: $after, state: $state) {
        totalCount
        nodes {
          ...DeliveryRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [EndpointRow, DeliveryRow],
)

/** Tells of endpoints added, changed and switched off, and of answers to tests. */
export const EndpointChanged = graphql(
  `
    subscription EndpointChanged($after: String, $endpoint: ID) {
      change: webhookEndpointChanged(after: $after, endpoint: $endpoint) {
        eventId
        type
        endpoint {
          id
          url
        }
        delivery {
          ...DeliveryRow
        }
      }
    }
  `,
  [DeliveryRow],
)
