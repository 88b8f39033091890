import type { NewEvent } from '@hilo/db'
import { type Actor, COMMON, mayIn, type Permission, type Result, ok, type Uuid } from '@hilo/kernel'
import { matched } from './event-types.ts'

/** Why the shop stopped calling an endpoint by itself. */
export const DISABLED_REASONS = ['GONE', 'FAILING'] as const

/** Why the shop stopped calling an endpoint by itself. */
export type DisabledReason = (typeof DISABLED_REASONS)[number]

/** What people choose about an endpoint. */
export interface EndpointTerms {
  readonly url: string
  readonly description: string
  /** Names of event types, or patterns of them. */
  readonly eventTypes: readonly string[]
  /** Only what happens in these channels; null for all. */
  readonly channelIds: readonly Uuid[] | null
  readonly active: boolean
}

/** An address of another system that is told what happens; without its secrets. */
export interface EndpointRow extends EndpointTerms {
  readonly id: Uuid
  readonly disabledReason: DisabledReason | null
  readonly disabledAt: Date | null
  readonly failingSince: Date | null
  /** Until when the secret before the last rotation signs too. */
  readonly previousSecretUntil: Date | null
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** What happens to endpoints, by its type in the log. */
export const ENDPOINT_EVENTS = [
  'WebhookEndpointCreated.v1',
  'WebhookEndpointUpdated.v1',
  'WebhookSecretRotated.v1',
  'WebhookEndpointDeleted.v1',
  'WebhookEndpointDisabled.v1',
  'WebhookTestAnswered.v1',
] as const

/** A fact about an endpoint; for staff who set up webhooks. */
export const endpointEvent = (
  id: Uuid,
  type: string,
  { payload = {}, changed }: Pick<NewEvent, 'changed'> & { readonly payload?: NewEvent['payload'] } = {},
): NewEvent => ({
  aggregate: 'webhook_endpoint',
  aggregateId: id,
  type,
  payload,
  changed,
  permission: 'webhooks:write',
})

/**
 * Refuses `FORBIDDEN` to send out what the actor may not see itself: each kind of event has the permission that reading
 * it takes, in every channel that the endpoint hears of.
 */
export const mayTell = (
  actor: Actor,
  { eventTypes, channelIds }: Pick<EndpointTerms, 'eventTypes' | 'channelIds'>,
): Result<null> => {
  const needed = new Set(matched(eventTypes).flatMap(({ permission }) => permission ?? []))
  const lacks = (permission: Permission): boolean =>
    !(channelIds ?? [null]).every((channelId) => mayIn(actor, permission, { channelId }))
  const missing = [...needed].find(lacks)
  return missing ? COMMON.refuse('FORBIDDEN', { permission: missing }, ['eventTypes']) : ok(null)
}
