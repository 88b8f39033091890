import { appendEvents, type Context, type DB, type FullExecutor } from '@hilo/db'
import { type Clock, ok, type Result } from '@hilo/kernel'
import { type Kysely, sql } from 'kysely'
import { REBUILD_REQUESTED } from './events.ts'
import { forgetWords } from './postgres/count-words.ts'
import { markAll } from './projection/due.ts'
import { projectSearch } from './projection/project.ts'

/** There is one index; its facts stand under this id. */
const INDEX_ID = '00000000-0000-7000-8000-000000000000'

/** How far the documents are behind the catalogue. */
export interface SearchStatus {
  /** Products that are found. */
  readonly products: number
  /** Products to look at again. */
  readonly due: number
  /** How long the oldest of those waits. */
  readonly lagSeconds: number
}

/** How far the search is, in one statement. */
export const searchStatus = async (db: FullExecutor, now: Date): Promise<SearchStatus> => {
  const { rows } = await sql<SearchStatus>`
    select (select count(distinct product_id)::integer from search_document) as products,
      (select count(*)::integer from search_due) as due,
      coalesce((select greatest(0, extract(epoch from ${now}::timestamptz - min(marked_at))) from search_due), 0)::float8
        as "lagSeconds"`.execute(db)
  return rows[0]!
}

/** Asks for every document anew; whoever runs the projection does it, and results stay meanwhile. */
export const requestRebuild = async (ctx: Context): Promise<Result<object>> => {
  await appendEvents(ctx, [
    {
      aggregate: 'search',
      aggregateId: INDEX_ID,
      type: REBUILD_REQUESTED,
      payload: {},
      permission: 'catalog:write',
    },
  ])
  return ok({})
}

/** Makes every document anew in this process, telling how many products are left; others may help. */
export const rebuildSearch = async (
  db: Kysely<DB>,
  clock: Clock,
  onProgress: (left: number) => void = () => undefined,
): Promise<void> => {
  await markAll(db, clock())
  let { due: left } = await searchStatus(db, clock())
  for (let done = await projectSearch(db, clock); done > 0; done = await projectSearch(db, clock)) {
    left -= done
    onProgress(Math.max(0, left))
  }
  await forgetWords(db)
}
