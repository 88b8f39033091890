import { command, type Context } from '@hilo/db'
import { ok, type Result } from '@hilo/kernel'
import { BULK } from '../errors.ts'
import { endTurn, type Turn, yieldTurn } from './claim.ts'

/** Failures of the same piece in a row after which a job is over. */
const MAX_FAILURES = 5

/** From 10 seconds to 4.5 minutes: what is wrong for a moment only, such as while a version goes out, heals meanwhile. */
const waitMs = (failures: number): number => 10_000 * 3 ** (failures - 1)

/**
 * Counts that a piece of a job has failed for a reason that nobody foresaw. It is tried again after a while that grows,
 * and after `MAX_FAILURES` in a row the job has failed; what it has done is kept.
 */
export const noteFailure = async (ctx: Context, turn: Turn): Promise<void> => {
  await command(ctx, { operation: 'noteBulkFailure', input: null }, async (inner): Promise<Result<null>> => {
    const row = await inner.db
      .updateTable('bulk_job')
      .set((eb) => ({ failures: eb('failures', '+', 1) }))
      .where('id', '=', turn.job.id)
      .where('worker', '=', turn.worker)
      .where('state', '=', 'RUNNING')
      .returning('failures')
      .executeTakeFirst()
    if (!row) return ok(null)
    if (row.failures < MAX_FAILURES) {
      await yieldTurn(inner, turn, new Date(inner.now().getTime() + waitMs(row.failures)))
    } else {
      const problem = BULK.refuse('BULK_JOB_FAILED', { attempts: row.failures }).error
      await endTurn(inner, turn, { state: 'FAILED', problem })
    }
    return ok(null)
  })
}
