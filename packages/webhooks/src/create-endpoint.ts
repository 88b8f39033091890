import { Secret } from '@hilo/access'
import { appendEvents, command, type Context, waitTurn } from '@hilo/db'
import { newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { endpointEvent, type EndpointTerms, mayTell } from './endpoint.ts'
import { MAX_ENDPOINTS, WEBHOOKS } from './errors.ts'
import type { Outbound } from './outbound.ts'
import { readTerms } from './read-terms.ts'
import { seal } from './seal.ts'
import { newSecret } from './sign.ts'
import { findTarget } from './target.ts'

/** An endpoint whose secret was just made. */
export interface KeyedEndpoint {
  readonly id: Uuid
  readonly secret: Secret
}

/**
 * Makes an endpoint; its secret is shown once. Looks where the address leads before its own transaction begins. Refuses
 * `WEBHOOK_…`, `TOO_MANY_WEBHOOKS`, `NOT_FOUND` (channel), and `FORBIDDEN` to tell what the actor may not see.
 */
export const createEndpoint = async (
  ctx: Context,
  outbound: Outbound,
  input: EndpointTerms,
): Promise<Result<KeyedEndpoint>> => {
  const terms = await readTerms(ctx, input)
  if (!terms.ok) return terms
  const allowed = mayTell(ctx.actor, terms.value)
  if (!allowed.ok) return allowed
  const target = await findTarget(input.url, outbound)
  if (!target.ok) return target
  return command(ctx, { operation: 'createEndpoint', input: null }, async (inner) => {
    await waitTurn(inner.db, 'webhook_endpoint')
    const { count } = await inner.db
      .selectFrom('webhook_endpoint')
      .select((eb) => eb.fn.countAll<bigint>().as('count'))
      .executeTakeFirstOrThrow()
    if (count >= MAX_ENDPOINTS) return WEBHOOKS.refuse('TOO_MANY_WEBHOOKS', { max: MAX_ENDPOINTS })
    const id = newId()
    const secret = newSecret()
    const { url, description, eventTypes, channelIds, active } = terms.value
    await inner.db
      .insertInto('webhook_endpoint')
      .values({
        id,
        url,
        description,
        event_types: [...eventTypes],
        channel_ids: channelIds && [...channelIds],
        active,
        secret: seal(outbound.secretKey, id, secret),
        created_at: inner.now(),
        updated_at: inner.now(),
      })
      .execute()
    const payload = { url, eventTypes: [...eventTypes] }
    await appendEvents(inner, [endpointEvent(id, 'WebhookEndpointCreated.v1', { payload })])
    return ok({ id, secret: new Secret(secret) })
  })
}
