import type { FullExecutor } from '@hilo/db'
import type { Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Claimed } from './claim.ts'
import type { DisabledReason } from './endpoint.ts'
import { TEST_REQUESTED } from './event-types.ts'
import type { Answer } from './post.ts'
import { FAILING_FOR, nextAttempt } from './schedule.ts'

/** How a delivery stands. */
export const DELIVERY_STATES = ['PENDING', 'DELIVERED', 'FAILED', 'DISABLED'] as const

/** How a delivery stands. */
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** One attempt that is over. */
export interface Attempted {
  readonly delivery: Pick<Claimed, 'id' | 'endpointId' | 'attempts' | 'type'>
  readonly answer: Answer
  readonly at: Date
  readonly durationMs: number
}

/** Gone for good (RFC 9110 §15.5.11): the receiver wants to hear nothing any more. */
const GONE = 410

/** True when an answer says that the delivery has arrived. */
export const hasArrived = ({ status }: Answer): boolean =>
  status !== undefined && status >= 200 && status < 300

/** How a delivery stands after an attempt, and when it is due again. */
export const decide = (
  { delivery, answer, at }: Pick<Attempted, 'delivery' | 'answer' | 'at'>,
  random: number,
): { readonly state: DeliveryState; readonly nextAttemptAt: Date | null } => {
  if (hasArrived(answer)) return { state: 'DELIVERED', nextAttemptAt: null }
  if (answer.status === GONE) return { state: 'DISABLED', nextAttemptAt: null }
  // Somebody waits for the answer to a test now; tomorrow it would say nothing.
  if (delivery.type === TEST_REQUESTED) return { state: 'FAILED', nextAttemptAt: null }
  const { retryAfter } = answer
  const next = nextAttempt(at, { attempts: delivery.attempts + 1, retryAfter, random })
  return next ? { state: 'PENDING', nextAttemptAt: next } : { state: 'FAILED', nextAttemptAt: null }
}

const rowOf = (attempted: Attempted, random: number) => {
  const { delivery, answer, at, durationMs } = attempted
  const { state, nextAttemptAt } = decide(attempted, random)
  return {
    id: delivery.id,
    // Not counted up in the table: written down twice after a failure, it is still one attempt.
    attempts: delivery.attempts + 1,
    state,
    next_attempt_at: nextAttemptAt,
    at,
    status: answer.status ?? null,
    error: answer.error ?? null,
    response: answer.response ?? null,
    duration_ms: durationMs,
  }
}

/** An endpoint that is to be switched off, and why. */
export interface Ailing {
  readonly endpointId: Uuid
  readonly reason: DisabledReason
}

/** Notes since when endpoints fail, or that they do no longer; gives those that have failed for too long. */
const noteHealth = async (db: FullExecutor, attempts: readonly Attempted[], now: Date): Promise<Ailing[]> => {
  const arrived = new Set(attempts.filter(({ answer }) => hasArrived(answer)).map(endpointOf))
  const failed = [...new Set(attempts.map(endpointOf))].filter((id) => !arrived.has(id))
  const gone = attempts.filter(({ answer }) => answer.status === GONE).map(endpointOf)
  const { rows } = await sql<{ id: Uuid }>`
    with well as (
      update webhook_endpoint set failing_since = null
      where id = any(${[...arrived]}::uuid[]) and failing_since is not null
    ), ill as (
      update webhook_endpoint set failing_since = ${now}
      where id = any(${failed}::uuid[]) and failing_since is null
    )
    select id from webhook_endpoint
    where id = any(${failed}::uuid[]) and active and failing_since <= ${new Date(now.getTime() - FAILING_FOR)}
    `.execute(db)
  return [
    ...[...new Set(gone)].map((endpointId) => ({ endpointId, reason: 'GONE' as const })),
    ...rows
      .filter(({ id }) => !gone.includes(id))
      .map(({ id }) => ({ endpointId: id, reason: 'FAILING' as const })),
  ]
}

const endpointOf = ({ delivery }: Attempted): Uuid => delivery.endpointId

/**
 * Writes down how attempts ended, in two statements however many they are. Gives the endpoints that are to be switched
 * off because of it.
 */
export const settle = async (
  db: FullExecutor,
  attempts: readonly Attempted[],
  { now, random }: { readonly now: Date; readonly random: () => number },
): Promise<readonly Ailing[]> => {
  if (attempts.length === 0) return []
  const rows = attempts.map((attempted) => rowOf(attempted, random()))
  await sql`
    update webhook_delivery as delivery
    set attempts = row.attempts, state = row.state, next_attempt_at = row.next_attempt_at,
      last_attempt_at = row.at, last_status = row.status, last_error = row.error, last_response = row.response,
      duration_ms = row.duration_ms
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row (
      id uuid, attempts int, state text, next_attempt_at timestamptz, at timestamptz, status int, error text, response text,
      duration_ms int)
    where delivery.id = row.id`.execute(db)
  return noteHealth(db, attempts, now)
}
