import { sql, type Kysely } from 'kysely'
import type { DB } from '@hilo/db'
import type { Handler } from './http.ts'

/** Longest that the database may take to answer before this process counts as not ready. */
const DATABASE_WITHIN_MS = 2_000

const answer =
  (check: () => Promise<string | undefined>): Handler =>
  async (_request, response) => {
    const problem = await check()
    response.writeHead(problem ? 503 : 200, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
    response.end(JSON.stringify(problem ? { status: 'unavailable', problem } : { status: 'ok' }))
  }

/** Liveness: the process answers at all. Restart it when it does not. */
export const health: Handler = answer(() => Promise.resolve(undefined))

/** Readiness: it can do its work now. Send it no traffic while it cannot. */
export const readiness = (db: Kysely<DB>, isClosing: () => boolean): Handler =>
  answer(async () => {
    if (isClosing()) return 'shutting down'
    const late = new Promise<string>((resolve) =>
      setTimeout(() => resolve('the database does not answer'), DATABASE_WITHIN_MS).unref(),
    )
    const query = sql`select 1`.execute(db).then(
      () => undefined,
      () => 'the database does not answer',
    )
    return Promise.race([query, late])
  })
