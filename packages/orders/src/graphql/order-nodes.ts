import { connectionType, defineNode, loadMany } from '@hilo/graphql'
import { applicationsOfOrders, linesOfOrders, orderLinesByIds } from '../order-line-queries.ts'
import { ordersByIds } from '../order-queries.ts'
import { readableOrders } from '../order-scope.ts'

export const order = defineNode('Order', (ctx, ids) => ordersByIds(ctx.db, readableOrders(ctx), ids))

export const orderLine = defineNode('OrderLine', (ctx, ids) =>
  orderLinesByIds(ctx.db, readableOrders(ctx), ids),
)

export const OrderConnection = connectionType(order.ref, 'Order')

/** The lines of an order that the caller has seen. */
export const linesOf = loadMany(
  (ctx, orderIds) => linesOfOrders(ctx.db, orderIds),
  ({ orderId }) => orderId,
)

/** What promotions did to an order that the caller has seen. */
export const applicationsOf = loadMany(
  (ctx, orderIds) => applicationsOfOrders(ctx.db, orderIds),
  ({ orderId }) => orderId,
)
