import { customer } from '@hilo/customers/graphql'
import type { Uuid } from '@hilo/kernel'
import { builder, keysetConnection, loadOne, loadPages, pageArgs, type RequestContext } from '@hilo/graphql'
import { countOrderLists, orderLists, type OrderOwner } from '../order-lists.ts'
import { orderKey } from '../order-queries.ts'
import type { OrderRow } from '../order-row.ts'
import { readableOrders } from '../order-scope.ts'
import { OrderConnection } from './order-nodes.ts'

type Args = { readonly first?: number | null; readonly after?: string | null }

/**
 * The orders of a customer or a device: `resolve` of a field with `pageArgs`. Equal pages of many of them are one
 * statement.
 */
export const resolveOrders = (owner: OrderOwner) => {
  const pages = loadPages(
    (ctx, { ownerIds, ...page }) =>
      orderLists(ctx.db, { owner, ids: ownerIds, scope: readableOrders(ctx), ...page }),
    ({ ownerId }) => ownerId,
  )
  const counts = loadOne(
    (ctx, ids) => countOrderLists(ctx.db, { owner, ids, scope: readableOrders(ctx) }),
    ({ ownerId }) => ownerId,
  )
  return ({ id }: { readonly id: Uuid }, args: Args, ctx: RequestContext) =>
    keysetConnection<OrderRow>(ctx, {
      args,
      width: 2,
      rows: (page) => pages(ctx, id, page),
      keyOf: orderKey,
      count: async () => (await counts(ctx, id))?.count ?? 0,
    })
}

builder.objectField(customer.ref, 'orders', (t) =>
  t.field({
    type: OrderConnection,
    description: 'Their orders, the newest first.',
    args: pageArgs(t.arg),
    resolve: resolveOrders('customer_id'),
  }),
)
