import { type Executor, keyset } from '@hilo/db'
import type { CursorKey, Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { type OrderRow, orderRows } from './order-row.ts'
import { inScope, type OrderScope } from './order-scope.ts'

/** What orders can be listed under. */
export type OrderOwner = 'customer_id' | 'device_id'

/** The owners whose lists are read, and which page of each. */
export interface OrderLists {
  readonly owner: OrderOwner
  readonly ids: readonly Uuid[]
  readonly scope: OrderScope
  readonly after?: CursorKey
  readonly limit: number
}

const owners = (db: Executor<'order'>, ids: readonly Uuid[]) =>
  db.selectFrom(sql<{ id: Uuid }>`unnest(${ids}::uuid[])`.as<'owner'>(sql`owner (id)`))

/** The newest orders of each of several customers or devices, in one statement. */
export const orderLists = async (
  db: Executor<'order'>,
  { owner, ids, scope, after, limit }: OrderLists,
): Promise<(OrderRow & { readonly ownerId: Uuid })[]> => {
  const page = keyset(
    orderRows(db).where(inScope(scope)).whereRef(`order.${owner}`, '=', sql.ref('owner.id')),
    {
      columns: [
        ['order.placed_at', 'desc'],
        ['order.id', 'desc'],
      ],
      after,
      limit,
    },
  )
  return owners(db, ids)
    .innerJoinLateral(page.as('page'), (join) => join.onTrue())
    .selectAll('page')
    .select('owner.id as ownerId')
    .execute()
}

/** How many orders each of several customers or devices has; none is absent. */
export const countOrderLists = async (
  db: Executor<'order'>,
  { owner, ids, scope }: Pick<OrderLists, 'owner' | 'ids' | 'scope'>,
): Promise<{ readonly ownerId: Uuid; readonly count: number }[]> => {
  const rows = await db
    .selectFrom('order')
    .select((eb) => [`order.${owner} as ownerId` as const, eb.fn.countAll<bigint>().as('count')])
    .where(`order.${owner}`, 'in', ids)
    .where((eb) => inScope(scope)(eb as never))
    .groupBy(`order.${owner}`)
    .execute()
  return rows.map(({ ownerId, count }) => ({ ownerId: ownerId!, count: Number(count) }))
}
