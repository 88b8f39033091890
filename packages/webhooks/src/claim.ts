import type { FullExecutor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'

/** A delivery that this process is to send now. */
export interface Claimed {
  readonly id: Uuid
  readonly endpointId: Uuid
  /** Attempts before this one. */
  readonly attempts: number
  readonly url: string
  readonly secret: Buffer
  readonly previousSecret: Buffer | null
  readonly type: string
  readonly aggregateId: Uuid
  readonly payload: unknown
  readonly at: Date
  /** The trace in which the event became true. */
  readonly traceparent: string | null
}

interface Claim {
  readonly now: Date
  /** Until when the claim holds: after that another process takes over, as this one must be gone. */
  readonly until: Date
  /** Deliveries of one endpoint under way at most. */
  readonly perEndpoint: number
  /** How many are under way here, by endpoint. */
  readonly underWay: ReadonlyMap<Uuid, number>
}

/**
 * Takes what is due, the oldest first, as much of each endpoint as there is room for: no other process takes the same,
 * and none waits. One statement.
 */
export const claimDue = async (
  db: FullExecutor,
  { now, until, perEndpoint, underWay }: Claim,
): Promise<readonly Claimed[]> => {
  const { rows } = await sql<Claimed>`
    with due as (
      select delivery.id
      from webhook_endpoint as endpoint
      left join unnest(${[...underWay.keys()]}::uuid[], ${[...underWay.values()]}::int[]) as busy (id, count)
        on busy.id = endpoint.id
      cross join lateral (
        select id from webhook_delivery
        where endpoint_id = endpoint.id and state = 'PENDING' and next_attempt_at <= ${now}
        order by next_attempt_at, id
        limit ${perEndpoint} - coalesce(busy.count, 0)
        for update skip locked
      ) as delivery
      where endpoint.active
    )
    update webhook_delivery as delivery
    set next_attempt_at = ${until}
    from due, webhook_endpoint as endpoint, event
    where delivery.id = due.id and endpoint.id = delivery.endpoint_id and event.id = delivery.event_id
    returning delivery.id, delivery.endpoint_id as "endpointId", delivery.attempts, endpoint.url, endpoint.secret,
      case when endpoint.previous_secret_until > ${now} then endpoint.previous_secret end as "previousSecret",
      event.type, event.aggregate_id as "aggregateId", event.payload, event.at,
      event.trace_parent as traceparent`.execute(db)
  return rows
}

/** Gives back what was claimed and not answered, as when the process stops. */
export const release = async (
  db: FullExecutor,
  { ids, now }: { readonly ids: readonly Uuid[]; readonly now: Date },
): Promise<void> => {
  if (ids.length === 0) return
  await db
    .updateTable('webhook_delivery')
    .set({ next_attempt_at: now })
    .where('id', 'in', ids)
    .where('state', '=', 'PENDING')
    .execute()
}
