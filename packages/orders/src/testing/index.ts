import { command, type Context } from '@hilo/db'
import { unwrap } from '@hilo/kernel'
import { type DirectOrder, placeDirectOrder } from '../place-direct-order.ts'
import type { PlacedOrder } from '../submit-order.ts'

/** Places an order in the channel of the context; its variants must be priced and in stock there. */
export const createTestOrder = async (ctx: Context, order: DirectOrder): Promise<PlacedOrder> =>
  unwrap(
    await command(ctx, { operation: 'createTestOrder', input: null }, (inner) =>
      placeDirectOrder(inner, order),
    ),
  )

export { downloadLink } from '../downloads/download-link.ts'
