import { CARTS, type PricedLines, priceLines } from '@hilo/carts'
import type { Context } from '@hilo/db'
import {
  type Channel,
  COMMON,
  MAX_QUANTITY,
  money,
  newId,
  ok,
  type Money,
  type Result,
  type Uuid,
} from '@hilo/kernel'
import { findBuyer, findWanted, type Wish } from './buyer.ts'

/** What a wish would cost now. */
export interface DevicePrice {
  readonly variantId: Uuid
  /** Its own. */
  readonly channel: Channel
  readonly slot: string | null
  readonly quantity: number
  /** One unit on the shelf of the device's channel. */
  readonly unit: Money
  /** What an order would come to: promotions taken off, delivery and tax added. */
  readonly total: Money
  /** All that the one price function says of such an order. */
  readonly priced: PricedLines['priced']
}

/**
 * Prices a wish in the device's own channel, for its owner, with the same function that prices the order. Refuses as
 * `findBuyer` and `findWanted` do, and with `QUANTITY_INVALID` and `NOT_PRICED`.
 */
export const priceForDevice = async (ctx: Context, wish: Wish): Promise<Result<DevicePrice>> => {
  const buyer = await findBuyer(ctx, { lock: false })
  if (!buyer.ok) return buyer
  const wanted = await findWanted(ctx, buyer.value, wish)
  if (!wanted.ok) return wanted
  const { variantId, quantity, slot } = wanted.value
  if (quantity < 1 || quantity > MAX_QUANTITY) {
    return COMMON.refuse('QUANTITY_INVALID', { quantity, min: 1, max: MAX_QUANTITY }, ['quantity'])
  }
  const { channel, ownerId } = buyer.value
  const { priced } = await priceLines(
    { ...ctx, channel },
    { lines: [{ id: newId(), variantId, quantity }], couponCodes: [], customerId: ownerId },
  )
  const [line] = priced.lines
  if (!line) {
    const sku = priced.problems[0]?.sku ?? ''
    return CARTS.refuse('NOT_PRICED', { sku, channel: channel.code }, [slot ? 'slot' : 'sku'])
  }
  return ok({
    variantId,
    channel,
    slot: slot ?? null,
    quantity,
    unit: money(line.unit, priced.currency),
    total: money(priced.totals.total, priced.currency),
    priced,
  })
}
