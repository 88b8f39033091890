import { channelsByIds } from '@hilo/channels'
import type { Context } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, storable, type Uuid } from '@hilo/kernel'
import type { EndpointTerms } from './endpoint.ts'
import { MAX_DESCRIPTION, MAX_EVENT_TYPES, WEBHOOKS } from './errors.ts'
import { matched } from './event-types.ts'

const checkEventTypes = (eventTypes: readonly string[]): Result<readonly string[]> => {
  const path = ['eventTypes']
  if (eventTypes.length === 0 || eventTypes.length > MAX_EVENT_TYPES)
    return WEBHOOKS.refuse('WEBHOOK_EVENTS_INVALID', { max: MAX_EVENT_TYPES }, path)
  const unknown = eventTypes.find((pattern) => matched([pattern]).length === 0)
  if (unknown === undefined) return ok([...new Set(eventTypes)])
  return WEBHOOKS.refuse('WEBHOOK_EVENT_UNKNOWN', { eventType: unknown.slice(0, 60) }, path)
}

const checkChannels = async (ctx: Context, ids: readonly Uuid[]): Promise<Result<readonly Uuid[]>> => {
  const known = new Set((await channelsByIds(ctx.db, ids)).map(({ id }) => id))
  const missing = ids.find((id) => !known.has(id))
  if (missing === undefined) return ok([...known])
  return COMMON.refuse('NOT_FOUND', { kind: 'channel', id: encodeId('channel', missing) }, ['channelIds'])
}

/** Checks all that is said of an endpoint but its address. */
export const readTerms = async <Terms extends Partial<EndpointTerms>>(
  ctx: Context,
  terms: Terms,
): Promise<Result<Terms>> => {
  const { description, eventTypes, channelIds } = terms
  if (description !== undefined && description.length > MAX_DESCRIPTION)
    return WEBHOOKS.refuse('WEBHOOK_DESCRIPTION_TOO_LONG', { max: MAX_DESCRIPTION }, ['description'])
  const channels = channelIds?.length ? await checkChannels(ctx, channelIds) : ok(undefined)
  if (!channels.ok) return channels
  const types = eventTypes ? checkEventTypes(eventTypes) : ok(undefined)
  if (!types.ok) return types
  return ok({
    ...terms,
    ...(description !== undefined && { description: storable(description) }),
    ...(types.value && { eventTypes: types.value }),
    ...(channelIds !== undefined && { channelIds: channels.value ?? null }),
  })
}
