import type { Executor } from '@hilo/db'
import { ok, type Result } from '@hilo/kernel'
import { sql } from 'kysely'
import { ACCESS } from './errors.ts'

/** How long failed tries are remembered, from the first of them. */
const THROTTLE_MINUTES = 15

/** Something whose failed tries are counted: who is tried, or from where. */
export interface Throttle {
  /** SHA-256 of its name. */
  readonly key: Buffer
  /** Failed tries allowed within the window. */
  readonly limit: number
}

const windowStart = (now: Date): Date => new Date(now.getTime() - THROTTLE_MINUTES * 60_000)

/**
 * Counts a try before it is made, so that tries made at once cannot pass together, and refuses with `RATE_LIMITED` when
 * it is one too many. Take it back with `forgiveTry` when the try succeeds. Call it outside a transaction: a refusal
 * must not undo the count.
 */
export const countTry = async (
  db: Executor<'sign_in_attempt'>,
  { key, limit }: Throttle,
  now: Date,
): Promise<Result<undefined>> => {
  const isOver = sql<boolean>`sign_in_attempt.since <= ${windowStart(now)}`
  const { tries, since } = await db
    .insertInto('sign_in_attempt')
    .values({ key, tries: 1, since: now })
    .onConflict((conflict) =>
      conflict.column('key').doUpdateSet({
        tries: sql<number>`case when ${isOver} then 1 else sign_in_attempt.tries + 1 end`,
        since: sql<Date>`case when ${isOver} then excluded.since else sign_in_attempt.since end`,
      }),
    )
    .returning(['tries', 'since'])
    .executeTakeFirstOrThrow()
  if (tries <= limit) return ok(undefined)
  const until = since.getTime() + THROTTLE_MINUTES * 60_000
  return ACCESS.refuse('RATE_LIMITED', { retryAfter: Math.max(1, Math.ceil((until - now.getTime()) / 1000)) })
}

/** Takes back one counted try that succeeded. */
export const forgiveTry = async (db: Executor<'sign_in_attempt'>, { key }: Throttle): Promise<void> => {
  await db
    .updateTable('sign_in_attempt')
    .set((eb) => ({ tries: eb('tries', '-', 1) }))
    .where('key', '=', key)
    .where('tries', '>', 0)
    .execute()
}

/** Forgets every try counted for this key. */
export const forgiveAll = async (db: Executor<'sign_in_attempt'>, { key }: Throttle): Promise<void> => {
  await db.deleteFrom('sign_in_attempt').where('key', '=', key).execute()
}

/** Removes counts whose window is over: called after failures, so that the table stays as small as the attack. */
export const forgetOldTries = async (db: Executor<'sign_in_attempt'>, now: Date): Promise<void> => {
  await db.deleteFrom('sign_in_attempt').where('since', '<=', windowStart(now)).execute()
}
