import { checkQuantity, type Line, writeLines } from '@hilo/carts'
import { variantsHeld } from '@hilo/catalog'
import type { Context, Executor } from '@hilo/db'
import { COMMON, encodeId, type Money, newId, ok, type Result, type Uuid } from '@hilo/kernel'
import { expectAtMost } from './expected-total.ts'
import { type PlacedOrder, submitOrder } from './submit-order.ts'

/** An order without browsing: what a device asks for in one message. */
export interface DirectOrder {
  readonly customerId: Uuid
  readonly lines: readonly Pick<Line, 'variantId' | 'quantity' | 'quote'>[]
  readonly deviceId?: Uuid
  readonly slot?: string
  /** How long its owner may take it back; default one hour, 0 means never. */
  readonly cancelWindowMinutes?: number
  /** Priced and stored like any other, but reserves no stock and uses up no promotion. */
  readonly test?: boolean
  /** The most it may cost; above it the order is refused with `PRICE_CHANGED`. */
  readonly expectedMax?: Money
}

const readLines = async (ctx: Context, inputs: DirectOrder['lines']): Promise<Result<Line[]>> => {
  for (const { quantity } of inputs) {
    const checked = checkQuantity(quantity, ['quantity'])
    if (!checked.ok) return checked
  }
  const variantIds = [...new Set(inputs.map(({ variantId }) => variantId))]
  const found = variantIds.length > 0 ? await variantsHeld(ctx.db, variantIds) : []
  const missing = variantIds.find((variantId) => !found.some(({ id }) => id === variantId))
  if (missing) {
    return COMMON.refuse('NOT_FOUND', { kind: 'variant', id: encodeId('variant', missing) }, ['variantId'])
  }
  return ok(inputs.map((line) => ({ ...line, id: newId(), properties: {} })))
}

/** A cart of its own, over from the start: the customer's active one is left alone. */
const insertOrderedCart = async (
  ctx: Context,
  { customerId, lines }: { readonly customerId: Uuid; readonly lines: readonly Line[] },
): Promise<Uuid> => {
  const id = newId()
  const at = ctx.now()
  const db: Executor<'cart'> = ctx.db
  await db
    .insertInto('cart')
    .values({
      id,
      customer_id: customerId,
      channel_id: ctx.channel.id,
      market_id: ctx.channel.market.id,
      status: 'ORDERED',
      created_at: at,
      updated_at: at,
    })
    .execute()
  await writeLines(ctx.db, id, lines)
  return id
}

/**
 * Places an order from a cart of its own, never the customer's active one, in the caller's `command()`: a refusal of
 * the caller afterwards, such as a spending limit, takes the order back with everything else. The channel is that of
 * the context. Refuses `NOT_FOUND`, `QUANTITY_INVALID`, `CART_EMPTY`, `NOT_PRICED`, `PRICE_CHANGED`,
 * `WRONG_CURRENCY`, `OUT_OF_STOCK`, and promotions that were used up meanwhile.
 */
export const placeDirectOrder = async (ctx: Context, order: DirectOrder): Promise<Result<PlacedOrder>> => {
  const lines = await readLines(ctx, order.lines)
  if (!lines.ok) return lines
  const cartId = await insertOrderedCart(ctx, { customerId: order.customerId, lines: lines.value })
  return submitOrder(ctx, {
    cartId,
    lines: lines.value,
    coupons: [],
    customerId: order.customerId,
    tokenHash: null,
    deviceId: order.deviceId ?? null,
    slot: order.slot ?? null,
    email: null,
    country: null,
    address: null,
    cancelWindowMinutes: order.cancelWindowMinutes,
    test: order.test,
    accept: expectAtMost(order.expectedMax),
  })
}
