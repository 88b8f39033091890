import type { Context, Executor, NewEvent } from '@hilo/db'
import { ok, type RefusalOf, type Result, type Uuid } from '@hilo/kernel'
import { INVENTORY } from './errors.ts'
import { applyMoves, type Cause } from './movements.ts'
import { planReservation } from './plan-reservation.ts'
import { MAX_QUANTITY_TOLD } from './stock.ts'
import { lockStockFor } from './stock-queries.ts'

/** The refusal of a demand that the channel's stock cannot serve. */
export type OutOfStock = RefusalOf<typeof INVENTORY.catalogue, 'OUT_OF_STOCK'>

const skuOf = async (db: Executor<'variant'>, id: Uuid): Promise<string> => {
  const row = await db.selectFrom('variant').select('sku').where('id', '=', id).executeTakeFirst()
  return row?.sku ?? id
}

/**
 * Promises stock to a cause, all of the demand or nothing: `demand` holds the sum of all lines per variant on the shelf
 * (see `sumDemand`): the components of bundles in place of these, and nothing of what is not counted. Call it inside `command()`, once per cause; a second call with the same cause throws. The caller
 * appends the events returned with its own, last (see LOCKS.md).
 */
export const reserveStock = async (
  ctx: Context,
  {
    channelId,
    demand,
    ...cause
  }: Cause & { readonly channelId: Uuid; readonly demand: ReadonlyMap<Uuid, number> },
): Promise<Result<readonly NewEvent[], OutOfStock>> => {
  if (demand.size === 0) return ok([])
  const stock = await lockStockFor(ctx.db, { channelId, variantIds: [...demand.keys()] })
  const { takes, shortage } = planReservation(demand, stock)
  if (shortage) {
    const { variantId, available } = shortage
    const requested = Math.min(shortage.requested, MAX_QUANTITY_TOLD)
    const sku = stock.find((row) => row.variantId === variantId)?.sku ?? (await skuOf(ctx.db, variantId))
    return INVENTORY.refuse('OUT_OF_STOCK', { sku, requested, available }, ['lines'])
  }
  const moves = takes.map(({ quantity, ...take }) => ({ ...take, onHandDelta: 0, reservedDelta: quantity }))
  return ok(await applyMoves(ctx, { ...cause, kind: 'RESERVE', moves }))
}
