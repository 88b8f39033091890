import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Executor } from '../executor.ts'

/**
 * Waits until all that is committed in the log can be read: a transaction of any other test, in any database of this
 * server, holds it back while it runs.
 */
export const logSettled = async (db: Executor<'event'>): Promise<void> => {
  for (;;) {
    const { rows } = await sql<{ waiting: boolean }>`
      select exists (select from event where tx >= pg_snapshot_xmin(pg_current_snapshot())) as waiting`.execute(
      db,
    )
    if (!rows[0]!.waiting) return
    await delay(5)
  }
}
