import { type QueryExecutorProvider, sql } from 'kysely'

/**
 * Waits while another transaction makes one of these, and keeps others waiting until the end of this one: what is counted
 * after it is still true when the next is inserted. Where it comes among other locks is said in LOCKS.md.
 */
export const waitTurn = async (db: QueryExecutorProvider, noun: string): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`turn:${noun}`}, 0))`.execute(db)
}
