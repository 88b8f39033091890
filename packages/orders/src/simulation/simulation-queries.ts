import { type Executor, keyset } from '@hilo/db'
import type { CursorKey, Reach, Uuid } from '@hilo/kernel'
import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Simulation } from './simulation.ts'

type Db = Executor<'promotion_simulation'>

const rows = (db: Db) =>
  db
    .selectFrom('promotion_simulation')
    .select([
      'id',
      'promotion_id as promotionId',
      'definition',
      'days',
      'channel_ids as channelIds',
      'max_orders as maxOrders',
      'state',
      'since',
      'until',
      'done',
      'total',
      'result',
      'failure',
      'created_at as createdAt',
      'finished_at as finishedAt',
    ])
    .$castTo<Simulation>()

/** SQL: every channel of it is reached, for it tells of the orders of all of them. */
const readable = (reach: Reach): RawBuilder<SqlBool> =>
  reach === 'all' ? sql`true` : sql`channel_ids <@ ${reach}::uuid[]`

/** Reads simulations. */
export const simulationsOf = {
  /** Those with these ids whose channels are all reached. */
  byIds: (db: Db, reach: Reach, ids: readonly Uuid[]): Promise<Simulation[]> =>
    rows(db).where('id', 'in', ids).where(readable(reach)).execute(),

  /** A page of them, the newest first. */
  page: (
    db: Db,
    reach: Reach,
    page: { readonly after: CursorKey | undefined; readonly limit: number },
  ): Promise<Simulation[]> =>
    keyset(rows(db).where(readable(reach)), {
      ...page,
      columns: [
        ['promotion_simulation.created_at', 'desc'],
        ['promotion_simulation.id', 'desc'],
      ],
    }).execute() as Promise<Simulation[]>,

  /** How many there are. */
  count: async (db: Db, reach: Reach): Promise<number> => {
    const { count } = await db
      .selectFrom('promotion_simulation')
      .select(({ fn }) => fn.countAll<bigint>().as('count'))
      .where(readable(reach))
      .executeTakeFirstOrThrow()
    return Number(count)
  },

  /** How many wait or run. */
  countUnfinished: async (db: Db): Promise<number> => {
    const { count } = await db
      .selectFrom('promotion_simulation')
      .select(({ fn }) => fn.countAll<bigint>().as('count'))
      .where('state', 'in', ['QUEUED', 'RUNNING'])
      .executeTakeFirstOrThrow()
    return Number(count)
  },
}
