import type { Context, EventScope } from '@hilo/db'
import { COMMON, encodeId, ok, type Result, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { lockEndpoint } from './endpoint-queries.ts'
import type { EndpointRow } from './endpoint.ts'
import { insertDeliveries, isTold } from './enqueue.ts'
import { WEBHOOKS } from './errors.ts'
import { matched } from './event-types.ts'

/** Days for which deliveries are kept, and can be sent again. */
export const KEPT_DAYS = 30

/** Events that one replay looks at, at most; what is left is asked for with its `until`. */
const MOST_REPLAYED = 5_000

const DAY_MS = 24 * 3_600_000

/** The moment before which nothing is kept any more. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * DAY_MS)

const activeEndpoint = async (ctx: Context, id: Uuid): Promise<Result<EndpointRow>> => {
  const endpoint = await lockEndpoint(ctx.db, id)
  if (!endpoint) {
    const shown = { kind: 'webhookEndpoint' as const, id: encodeId('webhookEndpoint', id) }
    return COMMON.refuse('NOT_FOUND', shown, ['id'])
  }
  return endpoint.active ? ok(endpoint) : WEBHOOKS.refuse('WEBHOOK_INACTIVE', {}, ['id'])
}

/**
 * Sends one delivery again, now, under the same id and with a new round of attempts; one that waits anyway is sent at
 * once. Refuses `NOT_FOUND`, `WEBHOOK_INACTIVE`.
 */
export const replayDelivery = async (ctx: Context, id: Uuid): Promise<Result<{ readonly id: Uuid }>> => {
  const found = await ctx.db
    .selectFrom('webhook_delivery')
    .select('endpoint_id')
    .where('id', '=', id)
    .executeTakeFirst()
  if (!found) {
    const shown = { kind: 'webhookDelivery' as const, id: encodeId('webhookDelivery', id) }
    return COMMON.refuse('NOT_FOUND', shown, ['id'])
  }
  const endpoint = await activeEndpoint(ctx, found.endpoint_id)
  if (!endpoint.ok) return endpoint
  await ctx.db
    .updateTable('webhook_delivery')
    .set({ state: 'PENDING', attempts: 0, next_attempt_at: ctx.now() })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('state', '!=', 'PENDING'), eb('last_attempt_at', 'is not', null)]))
    .execute()
  return ok({ id })
}

/** What a replay of an endpoint comes to. */
export interface Replay {
  readonly endpointId: Uuid
  /** Deliveries that are sent again, or for the first time. */
  readonly count: number
  /** Up to which moment of the log; null when to its end. */
  readonly until: string | null
}

/**
 * Sends an endpoint everything since a moment again that it listens to, arrived or not, out of the log: what happened
 * while it was off, too. At most 5,000 events; `until` says where to go on. Refuses `NOT_FOUND`, `WEBHOOK_INACTIVE`,
 * `WEBHOOK_REPLAY_TOO_OLD`.
 */
export const replayEndpoint = async (
  ctx: Context,
  { id, since }: { readonly id: Uuid; readonly since: Date },
): Promise<Result<Replay>> => {
  const now = ctx.now()
  const endpoint = await activeEndpoint(ctx, id)
  if (!endpoint.ok) return endpoint
  if (since < keptSince(now)) return WEBHOOKS.refuse('WEBHOOK_REPLAY_TOO_OLD', { days: KEPT_DAYS }, ['since'])
  const events = await ctx.db
    .selectFrom('event')
    .select(['id', 'type', 'aggregate_id as aggregateId', 'payload', 'at'])
    .select((eb) => eb.ref('scope').$castTo<EventScope>().as('scope'))
    .where('at', '>=', since)
    .where(
      'type',
      'in',
      matched(endpoint.value.eventTypes).map(({ event }) => event),
    )
    .orderBy('at')
    .orderBy('id')
    .limit(MOST_REPLAYED)
    .execute()
  const wanted = events.filter((event) => isTold(endpoint.value, event))
  const ids = wanted.map((event) => event.id)
  await ctx.db
    .updateTable('webhook_delivery')
    .set({ state: 'PENDING', attempts: 0, next_attempt_at: now })
    .where('endpoint_id', '=', id)
    .where('event_id', '=', sql<bigint>`any(${ids}::int8[])`)
    .where('state', '!=', 'PENDING')
    .execute()
  await insertDeliveries(
    ctx.db,
    wanted.map((event) => ({ endpointId: id, eventId: event.id, type: event.type })),
    now,
  )
  const until = events.length === MOST_REPLAYED ? events.at(-1)!.at.toISOString() : null
  return ok({ endpointId: id, count: wanted.length, until })
}
