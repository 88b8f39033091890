import type { Refusal, Result } from '@hilo/kernel'
import { type Kysely, sql } from 'kysely'
import type { Context } from './context.ts'
import {
  claimKey,
  type IdempotencyConflict,
  idempotentRequest,
  type IdempotentRequest,
  storeAnswer,
  storedAnswer,
} from './idempotency.ts'
import type { DB } from './tables.generated.ts'

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

/** serialization_failure and deadlock_detected: the transaction was rolled back whole and may be tried again. */
const isRetryable = (error: unknown): boolean =>
  ['40001', '40P01'].includes(String((error as { readonly code?: unknown } | null)?.code))

/** Carries a refusal out of a transaction, which rolls back because of it. */
class RolledBack<T, E extends Refusal> extends Error {
  readonly result: Result<T, E>
  constructor(result: Result<T, E>) {
    super('Rolled back')
    this.result = result
  }
}

/** Runs with a savepoint, to which a refusal rolls back. */
const behindSavepoint = async <T, E extends Refusal>(db: Kysely<DB>, run: () => Promise<Result<T, E>>) => {
  await sql`savepoint command`.execute(db)
  const result = await run()
  await (result.ok ? sql`release savepoint command` : sql`rollback to savepoint command`).execute(db)
  return result
}

const keyed = async <T, E extends Refusal>(ctx: Context, request: IdempotentRequest, run: Run<T, E>) => {
  if (!(await claimKey(ctx.db, request)))
    return { ...(await storedAnswer<T, E>(ctx.db, request)), replayed: true }
  const result = await behindSavepoint(ctx.db, () => run(ctx))
  await storeAnswer(ctx.db, request, result)
  return { ...result, replayed: false }
}

const attempt = async <T, E extends Refusal>(
  ctx: Context,
  request: IdempotentRequest | undefined,
  run: Run<T, E>,
): Promise<Outcome<T, E>> => {
  try {
    return await ctx.db.transaction().execute(async (db): Promise<Outcome<T, E>> => {
      const inside = { ...ctx, db }
      if (request) return keyed(inside, request, run)
      const result = await run(inside)
      if (!result.ok) throw new RolledBack(result)
      return { ...result, replayed: false }
    })
  } catch (error) {
    if (error instanceof RolledBack) return { ...(error.result as Result<T, E>), replayed: false }
    throw error
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
    }
  }
}
