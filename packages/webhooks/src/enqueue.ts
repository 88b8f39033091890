import type { EventScope, Executor, FullExecutor } from '@hilo/db'
import { isUuid, narrowedBy, newId, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { EndpointTerms } from './endpoint.ts'
import { BY_EVENT, matches, TEST_REQUESTED } from './event-types.ts'

/** What deciding who is told of an event takes. */
export interface Occurrence {
  readonly type: string
  readonly aggregateId: Uuid
  readonly payload: unknown
  readonly scope: EventScope
}

/** The channel that an event belongs to: as its scope says, or what it tells. */
export const channelOf = ({ scope, payload }: Pick<Occurrence, 'scope' | 'payload'>): Uuid | undefined => {
  const { channelId } = (payload ?? {}) as { readonly channelId?: unknown }
  return scope.channel ?? (isUuid(channelId) ? channelId : undefined)
}

/**
 * True when an endpoint is told of an event: its kind is asked for, and it belongs to a channel of its own, or to no
 * channel at all, as a product does. A test is told only to its own endpoint.
 */
export const isTold = (
  endpoint: Pick<EndpointTerms, 'eventTypes' | 'channelIds'> & { readonly id: Uuid },
  event: Occurrence,
): boolean => {
  if (event.type === TEST_REQUESTED) return event.aggregateId === endpoint.id
  const kind = BY_EVENT.get(event.type)
  if (!kind || !endpoint.eventTypes.some((pattern) => matches(pattern, kind.name))) return false
  if (endpoint.channelIds === null) return true
  const channelId = channelOf(event)
  if (channelId) return endpoint.channelIds.includes(channelId)
  // What takes a permission by channel and names none is of all channels: more than this endpoint is allowed.
  return !kind.permission || narrowedBy(kind.permission) !== 'channels'
}

const activeEndpoints = async (db: Executor<'webhook_endpoint'>) =>
  (
    await db
      .selectFrom('webhook_endpoint')
      .select(['id', 'event_types', 'channel_ids'])
      .where('active', '=', true)
      .execute()
  ).map((row) => ({ id: row.id, eventTypes: row.event_types, channelIds: row.channel_ids }))

/**
 * Notes who is to be told of some events: one delivery for each endpoint and event, however often it is called. Two
 * statements for any number of events. Returns how many there are to send.
 */
export const enqueue = async (
  db: FullExecutor,
  events: readonly (Occurrence & { readonly id: bigint })[],
  now: Date,
): Promise<number> => {
  const endpoints = await activeEndpoints(db)
  const rows = events.flatMap((event) =>
    endpoints
      .filter((endpoint) => isTold(endpoint, event))
      .map(({ id: endpointId }) => ({ endpointId, eventId: event.id, type: event.type })),
  )
  await insertDeliveries(db, rows, now)
  return rows.length
}

/** Notes deliveries, in one statement; those there already stay as they are. */
export const insertDeliveries = async (
  db: FullExecutor,
  rows: readonly { readonly endpointId: Uuid; readonly eventId: bigint; readonly type: string }[],
  now: Date,
): Promise<void> => {
  if (rows.length === 0) return
  await sql`
    insert into webhook_delivery (id, endpoint_id, event_id, event_type, next_attempt_at, created_at)
    select id, endpoint_id, event_id, event_type, ${now}, ${now}
    from unnest(
      ${rows.map(() => newId())}::uuid[],
      ${rows.map(({ endpointId }) => endpointId)}::uuid[],
      ${rows.map(({ eventId }) => eventId)}::int8[],
      ${rows.map(({ type }) => BY_EVENT.get(type)!.name)}::text[]
    ) as row (id, endpoint_id, event_id, event_type)
    -- An endpoint that was deleted meanwhile is told nothing.
    where exists (select from webhook_endpoint where webhook_endpoint.id = row.endpoint_id)
    on conflict (endpoint_id, event_id) do nothing`.execute(db)
}
