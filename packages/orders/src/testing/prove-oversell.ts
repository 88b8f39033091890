import { createTestCart } from '@hilo/carts/testing'
import { command, type Context, type FullExecutor } from '@hilo/db'
import { stockLevels } from '@hilo/inventory/testing'
import { newId, type Uuid } from '@hilo/kernel'
import { createTestPromotion } from '@hilo/promotions/testing'
import { placeOrder } from '../place-order.ts'
import { count, GUESTS, inLanes, product, shop, usesOf } from './rush.ts'

/** How hard to try. */
export interface Rush {
  readonly orders: number
  /** Pieces on the shelf, or uses of the coupon; for all customers together where each has so many. */
  readonly limit: number
}

/** What came of it: how many orders by outcome, and what the database says afterwards. */
export interface RushResult {
  readonly outcomes: ReadonlyMap<string, number>
  /** Pieces reserved, or uses of the coupon counted. */
  readonly taken: number
  readonly milliseconds: number
}

interface Pressed {
  readonly orders: number
  readonly variantId: Uuid
  readonly code?: string
  /** How many guests the orders are from, by turns. Default 1. */
  readonly customers?: number
}

/** Fills the carts first, then orders all of them at once. */
const rush = async (ctx: Context, { orders, variantId, code, customers = 1 }: Pressed) => {
  const lines = [{ variantId, quantity: 1 }]
  const carts = await inLanes(
    Array.from({ length: orders }, (_, index) => index),
    (index) => createTestCart(ctx, { lines, email: `rush-${index % customers}@home.test` }),
  )
  if (code) {
    const rows = carts.map(({ cartId }) => ({ cart_id: cartId, code }))
    await ctx.db.insertInto('cart_coupon').values(rows).execute()
  }
  const start = performance.now()
  const outcomes = await inLanes(carts, async ({ cartId, ctx: guest }) => {
    const input = { cartId }
    const request = { operation: 'orderPlace', input, idempotencyKey: newId() }
    const outcome = await command(guest, request, (inner) => placeOrder(inner, input))
    return outcome.ok ? 'PLACED' : outcome.error.code
  })
  return { outcomes: count(outcomes), milliseconds: Math.round(performance.now() - start) }
}

/**
 * Many orders at once for too few pieces, for a coupon of too few uses, and of a few guests for a coupon that each may
 * use so often; the database must be migrated and empty.
 */
export const proveOversell = async (
  db: FullExecutor,
  { stock, coupon, perCustomer }: { readonly stock: Rush; readonly coupon: Rush; readonly perCustomer: Rush },
): Promise<{
  readonly stock: RushResult
  readonly coupon: RushResult
  readonly perCustomer: RushResult
}> => {
  const { ctx, place } = await shop(db)
  const scarce = await product(ctx, place, stock.limit)
  const sold = await rush(ctx, { orders: stock.orders, variantId: scarce })
  const plenty = await product(ctx, place, (coupon.orders + perCustomer.orders) * 2)
  const limited = await createTestPromotion(ctx, { couponCodes: ['RUSH'], usageLimit: coupon.limit })
  const used = await rush(ctx, { orders: coupon.orders, variantId: plenty, code: 'RUSH' })
  const each = await createTestPromotion(ctx, {
    couponCodes: ['EACH'],
    perCustomerLimit: perCustomer.limit / GUESTS,
  })
  const shared = await rush(ctx, {
    orders: perCustomer.orders,
    variantId: plenty,
    code: 'EACH',
    customers: GUESTS,
  })
  const [level] = await stockLevels(db, scarce)
  return {
    stock: { ...sold, taken: level!.reserved },
    coupon: { ...used, taken: (await usesOf(db, limited)).counted },
    perCustomer: { ...shared, taken: (await usesOf(db, each)).claimed },
  }
}
