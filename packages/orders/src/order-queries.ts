import { type Executor, keyset } from '@hilo/db'
import { type CursorKey, storable, type Uuid } from '@hilo/kernel'
import type { OrderStatus } from './order.ts'
import { fits, type OrderFilter } from './order-filter.ts'
import { type OrderRow, orderRows } from './order-row.ts'
import { inScope, type OrderScope } from './order-scope.ts'

const NEWEST_FIRST = [
  ['order.placed_at', 'desc'],
  ['order.id', 'desc'],
] as const

/** The sort key of an order in every list. */
export const orderKey = ({ placedAt, id }: Pick<OrderRow, 'placedAt' | 'id'>): CursorKey => [
  placedAt.toISOString(),
  id,
]

/** The orders with these ids within the scope. */
export const ordersByIds = (
  db: Executor<'order'>,
  scope: OrderScope,
  ids: readonly Uuid[],
): Promise<OrderRow[]> => orderRows(db).where('order.id', 'in', ids).where(inScope(scope)).execute()

/** The order with this number within the scope. */
export const orderByNumber = (
  db: Executor<'order'>,
  scope: OrderScope,
  number: string,
): Promise<OrderRow | undefined> =>
  orderRows(db).where('order.number', '=', storable(number)).where(inScope(scope)).executeTakeFirst()

/** Which order a cart became. */
export const orderOfCart = (
  db: Executor<'order'>,
  cartId: Uuid,
): Promise<{ readonly id: Uuid; readonly number: string } | undefined> =>
  db.selectFrom('order').select(['id', 'number']).where('cart_id', '=', cartId).executeTakeFirst()

/** Which orders of a list, and which of its pages. */
export interface OrderPage {
  readonly scope: OrderScope
  readonly filter: OrderFilter
  readonly after?: CursorKey
  readonly limit: number
}

/** The newest orders that fit. */
export const orderPage = (
  db: Executor<'order' | 'channel'>,
  { scope, filter, after, limit }: OrderPage,
): Promise<OrderRow[]> =>
  keyset(
    orderRows(db)
      .where(inScope(scope))
      .where((eb) => fits(filter)(eb as never)),
    { columns: NEWEST_FIRST, after, limit },
  ).execute()

/** How many orders fit. */
export const countOrders = async (
  db: Executor<'order' | 'channel'>,
  { scope, filter }: Pick<OrderPage, 'scope' | 'filter'>,
): Promise<number> => {
  const { count } = await db
    .selectFrom('order')
    .select(({ fn }) => fn.countAll<bigint>().as('count'))
    .where((eb) => inScope(scope)(eb as never))
    .where((eb) => fits(filter)(eb as never))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** What is looked at before an order changes. */
export interface LockedOrder extends Pick<
  OrderRow,
  | 'id'
  | 'number'
  | 'channelId'
  | 'customerId'
  | 'tokenHash'
  | 'deviceId'
  | 'slot'
  | 'cancelBy'
  | 'version'
  | 'currency'
  | 'total'
> {
  readonly status: OrderStatus
  readonly test: boolean
}

/** Locks an order within the scope until the end of the transaction. */
export const lockOrder = (
  db: Executor<'order'>,
  scope: OrderScope,
  id: Uuid,
): Promise<LockedOrder | undefined> =>
  orderRows(db).where('order.id', '=', id).where(inScope(scope)).forUpdate().executeTakeFirst()
