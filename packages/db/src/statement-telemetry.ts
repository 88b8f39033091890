import { duration, noteSpan } from '@hilo/telemetry'
import type { LogEvent } from 'kysely'

/** What is kept of a statement's text; values are parameters and never stand in it. */
const SHOWN = 1_000

const took = duration(
  'hilo_db_statement_seconds',
  'Time of one SQL statement, by its first word and its outcome.',
)

const FIRST_WORD = /^[\s(]*([a-z]+)/i

/** Notes each statement as a span of the request or job it belongs to, and in a histogram. */
export const noteStatement = ({ level, query, queryDurationMillis: ms, ...rest }: LogEvent): void => {
  const verb = FIRST_WORD.exec(query.sql)?.[1]?.toLowerCase() ?? 'other'
  took(ms, { verb, outcome: level === 'error' ? 'error' : 'ok' })
  noteSpan(`sql ${verb}`, {
    side: 'client',
    ms,
    attributes: { 'db.system.name': 'postgresql', 'db.query.text': query.sql.slice(0, SHOWN) },
    ...('error' in rest && { error: rest.error }),
  })
}
