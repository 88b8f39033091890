import { createTestCart, type TestCart } from '@hilo/carts/testing'
import { command, type Context, type FullExecutor, isUnavailable } from '@hilo/db'
import { newId, type Uuid } from '@hilo/kernel'
import { createTestPromotion } from '@hilo/promotions/testing'
import { cancelOrder } from '../cancel-order.ts'
import { placeOrder } from '../place-order.ts'
import { count, inLanes, product, shop, usesOf } from './rush.ts'

/** How hard to try. */
export interface CouponRush {
  readonly orders: number
  /** Uses of the coupon, and orders that its budget pays for. */
  readonly limit: number
}

/** What one repetition came to. */
export interface CouponRushResult {
  /** Orders placed, uses counted in the row, entries in the ledger: each is the limit. */
  readonly coupon: readonly [placed: number, counted: number, claimed: number]
  /** The same when each of these orders was cancelled twice at once: nothing. */
  readonly cancelled: readonly [counted: number, claimed: number]
  /** Orders placed and minor units spent, of a promotion whose budget pays for half of those that come. */
  readonly budget: readonly [placed: number, spent: number]
  /** Spent after each of these orders was cancelled twice at once. */
  readonly refilled: number
  /** Orders for the coupon that were under way at once. */
  readonly atOnce: number
  /** From the first order for the coupon to the last. */
  readonly rushMilliseconds: number
  readonly milliseconds: number
}

/** 10 % of 10.00. */
const SAVED = 100

type Placed = { readonly ctx: Context; readonly orderId: Uuid }

/** Comes again with the same key when the pool had no connection in time, as clients do. */
const placeAtLast = async ({ ctx, cartId }: TestCart, idempotencyKey = newId()) => {
  const request = { operation: 'orderPlace', input: { cartId }, idempotencyKey }
  for (;;) {
    try {
      return await command(ctx, request, (inner) => placeOrder(inner, { cartId }))
    } catch (error) {
      if (!isUnavailable(error)) throw error
    }
  }
}

/** All of them are under way before the first is over; each waits for a connection of the pool. */
const placeAll = async (
  carts: readonly TestCart[],
): Promise<{ placed: Placed[]; left: TestCart[]; atOnce: number }> => {
  const placed: Placed[] = []
  const left: TestCart[] = []
  let [underWay, atOnce] = [0, 0]
  const place = async (cart: TestCart) => {
    atOnce = Math.max(atOnce, (underWay += 1))
    const outcome = await placeAtLast(cart)
    underWay -= 1
    if (outcome.ok) placed.push({ ctx: cart.ctx, orderId: outcome.value.orderId })
    else left.push(cart)
  }
  await Promise.all(carts.map(place))
  return { placed, left, atOnce }
}

const cancelTwice = (placed: readonly Placed[]) =>
  inLanes([...placed, ...placed], async ({ ctx, orderId }) => {
    const request = { operation: 'orderCancel', input: { orderId }, idempotencyKey: newId() }
    const outcome = await command(ctx, request, (inner) => cancelOrder(inner, { orderId }))
    return outcome.ok ? 'CANCELLED' : outcome.error.code
  })

const spentOf = async (db: FullExecutor, promotionId: Uuid): Promise<number> => {
  const row = await db
    .selectFrom('promotion_budget')
    .select('spent_minor')
    .where('promotion_id', '=', promotionId)
    .executeTakeFirstOrThrow()
  return Number(row.spent_minor)
}

const usesAfter = async (db: FullExecutor, id: Uuid): Promise<[number, number]> => {
  const { counted, claimed } = await usesOf(db, id)
  return [counted, claimed]
}

/**
 * Prepares a crowd whose carts are filled once: those that were refused go into the next repetition. The database must be
 * migrated and empty.
 */
export const couponCrowd = async (db: FullExecutor, { orders, limit }: CouponRush) => {
  const { ctx, place } = await shop(db)
  const variantId = await product(ctx, place, 1_000_000)
  let carts: TestCart[] = []

  const fill = async (): Promise<void> => {
    const missing = Array.from({ length: orders - carts.length }, (_, index) => index)
    const made = await inLanes(missing, (index) =>
      createTestCart(ctx, { lines: [{ variantId, quantity: 1 }], email: `crowd-${index}@home.test` }),
    )
    carts = [...carts, ...made]
  }

  const enter = async (crowd: readonly TestCart[], code: string): Promise<void> => {
    await db.deleteFrom('cart_coupon').execute()
    const rows = crowd.map(({ cartId }) => ({ cart_id: cartId, code }))
    await db.insertInto('cart_coupon').values(rows).execute()
  }

  const rush = async (code: string, size: number) => {
    await fill()
    const crowd = carts.slice(0, size)
    await enter(crowd, code)
    const start = performance.now()
    const { placed, left, atOnce } = await placeAll(crowd)
    carts = [...carts.slice(size), ...left]
    return { placed, atOnce, rushMilliseconds: Math.round(performance.now() - start) }
  }

  return async (): Promise<CouponRushResult> => {
    await fill()
    const start = performance.now()
    const [code, paid] = [newId(), newId()]
    const limited = await createTestPromotion(ctx, { couponCodes: [code], usageLimit: limit })
    const { placed, ...figures } = await rush(code, orders)
    const used = await usesAfter(db, limited)
    await cancelTwice(placed)
    const cancelled = await usesAfter(db, limited)
    const budgeted = await createTestPromotion(ctx, {
      couponCodes: [paid],
      budgets: [{ currency: 'EUR', amountMinor: BigInt(SAVED * limit) }],
    })
    const { placed: bought } = await rush(paid, limit * 2)
    const spent = await spentOf(db, budgeted)
    await cancelTwice(bought)
    return {
      coupon: [placed.length, ...used],
      cancelled,
      budget: [bought.length, spent],
      refilled: await spentOf(db, budgeted),
      ...figures,
      milliseconds: Math.round(performance.now() - start),
    }
  }
}

/** True when all orders of a repetition were under way at once, and it came out exactly. */
export const isExact = (
  { coupon, cancelled, budget, refilled, atOnce }: CouponRushResult,
  { orders, limit }: CouponRush,
): boolean =>
  atOnce === orders &&
  count([...coupon, ...cancelled].map(String)).get(String(limit)) === 3 &&
  cancelled.every((left) => left === 0) &&
  budget[0] === limit &&
  budget[1] === limit * SAVED &&
  refilled === 0
