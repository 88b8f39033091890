import { Secret } from '@hilo/access'
import { appendEvents, changesBetween, command, type Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import type { KeyedEndpoint } from './create-endpoint.ts'
import { endpointEvent, type EndpointTerms, mayTell } from './endpoint.ts'
import { lockEndpoint } from './endpoint-queries.ts'
import { WEBHOOKS } from './errors.ts'
import { TEST_REQUESTED } from './event-types.ts'
import type { Outbound } from './outbound.ts'
import { readTerms } from './read-terms.ts'
import { seal } from './seal.ts'
import { newSecret } from './sign.ts'
import { findTarget } from './target.ts'

/** Names an endpoint and the version that the caller has seen. */
export interface EndpointKey {
  readonly id: Uuid
  readonly ifVersion?: number | null | undefined
}

/** How long the secret before a rotation still signs: a day. */
const OVERLAP_MS = 24 * 3_600_000

const take = async (ctx: Context, { id, ifVersion }: EndpointKey) => {
  const endpoint = await lockEndpoint(ctx.db, id)
  if (!endpoint) {
    const shown = { kind: 'webhookEndpoint' as const, id: encodeId('webhookEndpoint', id) }
    return COMMON.refuse('NOT_FOUND', shown, ['id'])
  }
  if (ifVersion != null && ifVersion !== endpoint.version)
    return COMMON.refuse('VERSION_CONFLICT', { current: endpoint.version }, ['ifVersion'])
  return ok(endpoint)
}

const termsOf = ({ url, description, eventTypes, channelIds, active }: EndpointTerms) => ({
  url,
  description,
  eventTypes,
  channelIds,
  active,
})

/**
 * Changes an endpoint; what is left out stays. Switched on again, it begins anew: nothing is held against it, and what
 * it missed is sent only when somebody replays it.
 */
export const updateEndpoint = async (
  ctx: Context,
  outbound: Outbound,
  { id, ifVersion, ...change }: EndpointKey & Partial<EndpointTerms>,
): Promise<Result<{ readonly id: Uuid }>> => {
  const terms = await readTerms(ctx, change)
  if (!terms.ok) return terms
  const target = change.url === undefined ? ok(null) : await findTarget(change.url, outbound)
  if (!target.ok) return target
  return command(ctx, { operation: 'updateEndpoint', input: null }, async (inner) => {
    const endpoint = await take(inner, { id, ifVersion })
    if (!endpoint.ok) return endpoint
    const after = { ...endpoint.value, ...terms.value }
    const allowed = mayTell(inner.actor, after)
    if (!allowed.ok) return allowed
    await inner.db
      .updateTable('webhook_endpoint')
      .set((eb) => ({
        url: after.url,
        description: after.description,
        event_types: [...after.eventTypes],
        channel_ids: after.channelIds && [...after.channelIds],
        active: after.active,
        ...(after.active && !endpoint.value.active && { failing_since: null }),
        ...(after.active && { disabled_reason: null, disabled_at: null }),
        version: eb('version', '+', 1),
        updated_at: inner.now(),
      }))
      .where('id', '=', id)
      .execute()
    if (!after.active) await stopDeliveries(inner, id)
    const changed = changesBetween(termsOf(endpoint.value), termsOf(after))
    await appendEvents(inner, [endpointEvent(id, 'WebhookEndpointUpdated.v1', { changed })])
    return ok({ id })
  })
}

/** Lets what still waits for an endpoint rest, until somebody replays it. */
export const stopDeliveries = async ({ db }: Pick<Context, 'db'>, endpointId: Uuid): Promise<void> => {
  await db
    .updateTable('webhook_delivery')
    .set({ state: 'DISABLED', next_attempt_at: null })
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'PENDING')
    .execute()
}

/**
 * Makes a new secret, shown once; for a day the one before signs too, so that the receiver can change over. Refuses
 * `FORBIDDEN` where it signs what the actor may not see itself: with it, one can speak for the shop.
 */
export const rotateSecret = async (
  ctx: Context,
  { secretKey }: Outbound,
  key: EndpointKey,
): Promise<Result<KeyedEndpoint>> => {
  const endpoint = await take(ctx, key)
  if (!endpoint.ok) return endpoint
  const allowed = mayTell(ctx.actor, endpoint.value)
  if (!allowed.ok) return allowed
  const { id } = key
  const secret = newSecret()
  const now = ctx.now()
  await ctx.db
    .updateTable('webhook_endpoint')
    .set((eb) => ({
      secret: seal(secretKey, id, secret),
      previous_secret: endpoint.value.secret,
      previous_secret_until: new Date(now.getTime() + OVERLAP_MS),
      version: eb('version', '+', 1),
      updated_at: now,
    }))
    .where('id', '=', id)
    .execute()
  await appendEvents(ctx, [endpointEvent(id, 'WebhookSecretRotated.v1')])
  return ok({ id, secret: new Secret(secret) })
}

/** Takes an endpoint away for good, with the record of its deliveries. */
export const deleteEndpoint = async (
  ctx: Context,
  key: EndpointKey,
): Promise<Result<{ readonly id: Uuid }>> => {
  const endpoint = await take(ctx, key)
  if (!endpoint.ok) return endpoint
  await ctx.db.deleteFrom('webhook_endpoint').where('id', '=', key.id).execute()
  const payload = { url: endpoint.value.url }
  await appendEvents(ctx, [endpointEvent(key.id, 'WebhookEndpointDeleted.v1', { payload })])
  return ok({ id: key.id })
}

/** Asks for a test: the endpoint is sent `webhook.test`, whatever it listens to. Refuses `WEBHOOK_INACTIVE`. */
export const testEndpoint = async (
  ctx: Context,
  key: EndpointKey,
): Promise<Result<{ readonly id: Uuid }>> => {
  const endpoint = await take(ctx, key)
  if (!endpoint.ok) return endpoint
  if (!endpoint.value.active) return WEBHOOKS.refuse('WEBHOOK_INACTIVE', {}, ['id'])
  await appendEvents(ctx, [endpointEvent(key.id, TEST_REQUESTED)])
  return ok({ id: key.id })
}
