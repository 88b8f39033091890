import { COMMON } from '@hilo/kernel'
import { builder, keysetConnection, pageArgs, refusalError } from '@hilo/graphql'
import { countOrders, orderByNumber, orderKey, orderPage } from '../order-queries.ts'
import { readableOrders } from '../order-scope.ts'
import { order, OrderConnection } from './order-nodes.ts'
import { OrderWhere, readWhere } from './order-where.ts'

builder.queryField('order', (t) =>
  t.field({
    type: order.ref,
    nullable: true,
    description:
      'One order, by id or by number: your own, that of the Hilo-Cart-Token, or any with orders:read.',
    authScopes: { anyone: true },
    args: { id: t.arg.id(), number: t.arg.string() },
    resolve: async (_root, { id, number }, ctx) => {
      if (id != null) return order.require(ctx, id)
      if (!number) {
        const reason = {
          en: 'Name the order by id or by number.',
          es: 'Indica el pedido por id o por número.',
        }
        throw refusalError(COMMON.refuse('INVALID_INPUT', { reason }).error, ctx)
      }
      const found = await orderByNumber(ctx.db, readableOrders(ctx), number)
      if (found) return found
      throw refusalError(COMMON.refuse('NOT_FOUND', { kind: 'order', id: number.slice(0, 60) }).error, ctx)
    },
  }),
)

builder.queryField('orders', (t) =>
  t.field({
    type: OrderConnection,
    description:
      'Orders, the newest first: all with orders:read, else your own; a device sees those it placed.',
    authScopes: { anyone: true },
    args: { ...pageArgs(t.arg), where: t.arg({ type: OrderWhere }) },
    resolve: (_root, { where, ...args }, ctx) => {
      const filter = readWhere(where)
      if (!filter.ok) throw refusalError(filter.error, ctx)
      const scope = readableOrders(ctx)
      return keysetConnection(ctx, {
        args,
        width: 2,
        rows: (page) => orderPage(ctx.db, { scope, filter: filter.value, ...page }),
        keyOf: orderKey,
        count: () => countOrders(ctx.db, { scope, filter: filter.value }),
      })
    },
  }),
)
