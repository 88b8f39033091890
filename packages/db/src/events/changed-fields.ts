import { sql } from 'kysely'
import type { Executor } from '../executor.ts'
import type { StoredEvent } from './event.ts'

/** The names of the fields that an event says it changed, for consumers that few of them concern; none when it names none. */
export const changedFields = async (
  db: Executor<'event'>,
  { aggregate, aggregateId, seq }: Pick<StoredEvent, 'aggregate' | 'aggregateId' | 'seq'>,
): Promise<readonly string[]> => {
  const { rows } = await sql<{ field: string }>`
    select jsonb_object_keys(changed) as field from event
    where aggregate = ${aggregate} and aggregate_id = ${aggregateId} and seq = ${seq}`.execute(db)
  return rows.map(({ field }) => field)
}
