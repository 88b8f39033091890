import { actorKey, storable } from '@hilo/kernel'
import { traceparent } from '@hilo/telemetry'
import { sql } from 'kysely'
import type { Context } from '../context.ts'
import type { NewEvent } from './event.ts'

/** What `LISTEN` listens to: it only wakes, the log is the truth. */
export const WAKE_UP = 'hilo_event'

const MAX_ADDRESS = 100
const MAX_USER_AGENT = 200

const shortened = (text: string | undefined, max: number): string | null =>
  text === undefined ? null : storable(text.slice(0, max))

const keysOf = (events: readonly NewEvent[]): string[] => [
  ...new Set(events.map(({ aggregate, aggregateId }) => `${aggregate}:${aggregateId}`)),
]

/**
 * Appends facts in the order given, in the transaction that made them true: call it inside `command()`, last. The
 * sequence of an aggregate has no gaps and no doubles, whatever rows the writers lock: each takes its turn here.
 */
export const appendEvents = async (ctx: Context, events: readonly NewEvent[]): Promise<void> => {
  if (events.length === 0) return
  if (!ctx.db.isTransaction)
    throw new Error('Events are appended inside command(), in the transaction of the change')
  // A statement of its own, so that the next one sees what the writer before us committed; it waits for no answer.
  const turn = sql`
    select pg_advisory_xact_lock(turn)
    from (select hashtextextended(key, 0) as turn from unnest(${keysOf(events)}::text[]) as key order by 1) as turns
  `.execute(ctx.db)
  const rows = events.map(({ aggregate, aggregateId, type, payload, scope, permission, changed }) => ({
    aggregate,
    aggregate_id: aggregateId,
    type,
    payload,
    scope: scope ?? {},
    permission: permission ?? null,
    changed: changed && Object.keys(changed).length > 0 ? changed : null,
  }))
  const { address, userAgent } = ctx.client ?? {}
  const append = sql`
    with fact as (
      select * from rows from (
        jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          as (aggregate text, aggregate_id uuid, type text, payload jsonb, scope jsonb, permission text, changed jsonb)
      ) with ordinality
    ), appended as (
      insert into event (aggregate, aggregate_id, seq, type, payload, scope, permission, changed, actor, channel_id,
        correlation_id, at, address, user_agent, trace_parent)
      select fact.aggregate, fact.aggregate_id,
        coalesce(last.seq, 0) + row_number() over (partition by fact.aggregate, fact.aggregate_id order by ordinality),
        fact.type, coalesce(fact.payload, 'null'), fact.scope, fact.permission, fact.changed,
        ${actorKey(ctx.actor)}, ${ctx.channel.id}, ${ctx.correlationId}, ${ctx.now()},
        ${shortened(address, MAX_ADDRESS)}, ${shortened(userAgent, MAX_USER_AGENT)}, ${traceparent() ?? null}
      from fact
      left join lateral (
        select seq from event
        where event.aggregate = fact.aggregate and event.aggregate_id = fact.aggregate_id
        order by seq desc limit 1
      ) as last on true
      order by ordinality
    )
    select pg_notify(${WAKE_UP}, '')
  `.execute(ctx.db)
  await Promise.all([turn, append])
}
