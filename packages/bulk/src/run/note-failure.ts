import { command, type Context } from '@hilo/db'
import { ok, type Result } from '@hilo/kernel'
import { BULK } from '../errors.ts'
import { endTurn, type Turn, yieldTurn } from './claim.ts'

/** Attempts at the same piece in a row after which a job is over. */
export const MAX_ATTEMPTS = 5

/** From 10 seconds to 4.5 minutes: what is wrong for a moment only, such as while a version goes out, heals meanwhile. */
const waitMs = (attempts: number): number => 10_000 * 3 ** (attempts - 1)

/** Ends a job that has been tried too often; what it has done is kept. */
export const giveUp = (ctx: Context, turn: Turn): Promise<void> => {
  const problem = BULK.refuse('BULK_JOB_FAILED', { attempts: MAX_ATTEMPTS }).error
  return endTurn(ctx, turn, { state: 'FAILED', problem })
}

/**
 * Lets a job wait whose piece has failed for a reason that nobody foresaw. It is tried again after a while that grows, and
 * after `MAX_ATTEMPTS` in a row the job has failed.
 */
export const noteFailure = async (ctx: Context, turn: Turn): Promise<void> => {
  await command(ctx, { operation: 'noteBulkFailure', input: null }, async (inner): Promise<Result<null>> => {
    const row = await inner.db
      .selectFrom('bulk_job')
      .select('failures')
      .where('id', '=', turn.job.id)
      .where('worker', '=', turn.worker)
      .where('state', '=', 'RUNNING')
      .forUpdate()
      .executeTakeFirst()
    if (!row) return ok(null)
    // None when the process is about to stop, which takes the attempt back.
    const attempts = Math.max(1, row.failures)
    if (attempts < MAX_ATTEMPTS)
      await yieldTurn(inner, turn, new Date(inner.now().getTime() + waitMs(attempts)))
    else await giveUp(inner, turn)
    return ok(null)
  })
}
