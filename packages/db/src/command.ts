import type { FullExecutor } from './executor.ts'
import { setTimeout as delay } from 'node:timers/promises'
import type { Refusal, Result } from '@hilo/kernel'
import { sql } from 'kysely'
import type { Context } from './context.ts'
import {
  claimKey,
  type IdempotencyConflict,
  idempotentRequest,
  type IdempotentRequest,
  keepAnswer,
  storeAnswer,
  storedAnswer,
} from './idempotency.ts'
import { isOutdatedPlan } from './preparing-client.ts'
import { inTransaction } from './transaction.ts'

/** A request to change something: the operation's name and its input, which tell it from others with the same key. */
export interface CommandRequest {
  readonly operation: string
  readonly input: unknown
  readonly idempotencyKey?: string | null
}

/** What a command answers; `replayed` when it was answered before under the same key and is only repeated. */
export type Outcome<T, E extends Refusal = Refusal> = Result<T, E | IdempotencyConflict> & {
  readonly replayed: boolean
}

type Run<T, E extends Refusal> = (ctx: Context) => Promise<Result<T, E>>

const RETRIES = 3

/** A victim that came back at once would take the rows again before the one it gave way to. */
const GIVE_WAY_MS = 20

/** serialization_failure and deadlock_detected: the transaction was rolled back whole and may be tried again. */
const isRetryable = (error: unknown): boolean =>
  ['40001', '40P01'].includes(String((error as { readonly code?: unknown } | null)?.code)) ||
  isOutdatedPlan(error)

/** Carries a refusal out of a transaction, which rolls back because of it. */
class RolledBack<T, E extends Refusal> extends Error {
  readonly result: Result<T, E>
  constructor(result: Result<T, E>) {
    super('Rolled back')
    this.result = result
  }
}

/** Runs with a savepoint, to which a refusal rolls back. */
const behindSavepoint = async <T, E extends Refusal>(db: FullExecutor, run: () => Promise<Result<T, E>>) => {
  await sql`savepoint command`.execute(db)
  const result = await run()
  await (result.ok ? sql`release savepoint command` : sql`rollback to savepoint command`).execute(db)
  return result
}

/** The answer of a request that was made before, or of `run` in its transaction; a refusal is thrown. */
const answer = async <T, E extends Refusal>(
  ctx: Context,
  request: IdempotentRequest | undefined,
  run: Run<T, E>,
): Promise<Outcome<T, E>> => {
  if (request && !(await claimKey(ctx.db, request)))
    return { ...(await storedAnswer<T, E>(ctx.db, request)), replayed: true }
  const result = await run(ctx)
  if (!result.ok) throw new RolledBack(result)
  return { ...result, replayed: false }
}

const attempt = async <T, E extends Refusal>(
  ctx: Context,
  request: IdempotentRequest | undefined,
  run: Run<T, E>,
): Promise<Outcome<T, E>> => {
  try {
    return await inTransaction<Outcome<T, E>>(ctx.db, {
      run: (db) => answer({ ...ctx, db }, request, run),
      last: async (db, { replayed, ...result }) =>
        request && !replayed ? storeAnswer(db, request, result as Result<T, E>) : undefined,
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    const refused = error.result as Result<T, E>
    // Nothing of it happened, so whoever has taken the key since has an answer that is as good: that one counts.
    if (request && !(await keepAnswer(ctx.db, request, refused)))
      return { ...(await storedAnswer<T, E>(ctx.db, request)), replayed: true }
    return { ...refused, replayed: false }
  }
}

/**
 * Runs a use case in one transaction, which a refusal rolls back. A deadlock or serialization failure runs it again, up
 * to 3 times, so `run` must do nothing outside of the database. With an idempotency key it runs once: the same key and
 * request give the stored answer (`value` must be plain JSON), another request `IDEMPOTENCY_CONFLICT`. Inside another
 * command it joins that transaction, whose key covers it, and a refusal undoes only what it did itself.
 */
export const command = async <T, E extends Refusal>(
  ctx: Context,
  request: CommandRequest,
  run: Run<T, E>,
): Promise<Outcome<T, E>> => {
  if (ctx.db.isTransaction) return { ...(await behindSavepoint(ctx.db, () => run(ctx))), replayed: false }
  const idempotent = idempotentRequest(ctx, request)
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt(ctx, idempotent, run)
    } catch (error) {
      if (retries === RETRIES || !isRetryable(error)) throw error
      await delay(GIVE_WAY_MS * 2 ** retries)
    }
  }
}
