import type { DB } from '@hilo/db'
import { ok, type Result, storable, type Uuid } from '@hilo/kernel'
import type { Expression, ExpressionBuilder, SqlBool } from 'kysely'
import { ORDERS } from './errors.ts'
import type { OrderStatus } from './order.ts'

/** Which orders: everything stated must hold. */
export interface OrderFilter {
  readonly and?: readonly OrderFilter[]
  readonly or?: readonly OrderFilter[]
  readonly not?: OrderFilter
  readonly status?: OrderStatus
  /** A channel's code. */
  readonly channel?: string
  readonly number?: string
  readonly customerId?: Uuid
  readonly deviceId?: Uuid
  /** At this moment or later. */
  readonly placedAfter?: Date
  /** Before this moment. */
  readonly placedBefore?: Date
}

const MAX_PARTS = 100

const MAX_DEPTH = 8

const sizeOf = ({ and = [], or = [], not }: OrderFilter, depth = 1): number =>
  depth > MAX_DEPTH
    ? Infinity
    : [...and, ...or, ...(not ? [not] : [])].reduce((sum, branch) => sum + sizeOf(branch, depth + 1), 1)

/** Refuses a filter that would cost too much. */
export const checkFilter = (filter: OrderFilter): Result<OrderFilter> =>
  sizeOf(filter) > MAX_PARTS ? ORDERS.refuse('FILTER_TOO_DEEP', { max: MAX_PARTS }, ['where']) : ok(filter)

type Builder = ExpressionBuilder<Pick<DB, 'order' | 'channel'>, 'order'>

const own = (eb: Builder, filter: OrderFilter): Expression<SqlBool>[] => [
  ...(filter.status ? [eb('order.status', '=', filter.status)] : []),
  ...(filter.channel !== undefined
    ? [
        eb(
          'order.channel_id',
          '=',
          eb.selectFrom('channel').select('channel.id').where('channel.code', '=', storable(filter.channel)),
        ),
      ]
    : []),
  ...(filter.number !== undefined ? [eb('order.number', '=', storable(filter.number))] : []),
  ...(filter.customerId ? [eb('order.customer_id', '=', filter.customerId)] : []),
  ...(filter.deviceId ? [eb('order.device_id', '=', filter.deviceId)] : []),
  ...(filter.placedAfter ? [eb('order.placed_at', '>=', filter.placedAfter)] : []),
  ...(filter.placedBefore ? [eb('order.placed_at', '<', filter.placedBefore)] : []),
]

/** SQL: the row of `order` fits the filter. */
export const fits =
  (filter: OrderFilter) =>
  (eb: Builder): Expression<SqlBool> =>
    eb.and([
      ...own(eb, filter),
      ...(filter.and ?? []).map((branch) => fits(branch)(eb)),
      ...(filter.or ? [eb.or(filter.or.map((branch) => fits(branch)(eb)))] : []),
      ...(filter.not ? [eb.not(fits(filter.not)(eb))] : []),
    ])
