import type { FullExecutor } from '../executor.ts'
import { sql } from 'kysely'

/** True when the log names transactions that this server has not given out: it was written by another one. */
const isForeign = async (db: FullExecutor): Promise<boolean> => {
  const { rows } = await sql<{ foreign: boolean }>`
    select coalesce(greatest((select tx from event order by tx desc limit 1), (select max(tx) from event_consumer))
      >= pg_snapshot_xmax(pg_current_snapshot()), false) as foreign`.execute(db)
  return rows[0]!.foreign
}

/**
 * Makes a log that was restored from a dump readable: transaction numbers belong to the server that gave them, and here
 * its events would seem to lie in the future. They keep their order by id; a consumer goes on at the first event that
 * it has not handled. Returns whether there was anything to do.
 */
export const adoptLog = async (db: FullExecutor): Promise<boolean> => {
  if (!(await isForeign(db))) return false
  return db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx)
    await sql`lock table event, event_consumer in exclusive mode`.execute(tx)
    // Another process may have done it while this one waited for the lock.
    if (!(await isForeign(tx))) return false
    await sql`
      update event_consumer set tx = '1', event_id = coalesce(
        (select min(id) - 1 from event where (event.tx, event.id) > (event_consumer.tx, event_consumer.event_id)),
        (select max(id) from event),
        0)`.execute(tx)
    await sql`update event set tx = '1'`.execute(tx)
    return true
  })
}
