import { createTestCart } from '@hilo/carts/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { command, type Context, type DB } from '@hilo/db'
import { createTestLocation, createTestStock, stockLevels } from '@hilo/inventory/testing'
import { newId, SYSTEM, type Uuid } from '@hilo/kernel'
import { createPricedProduct } from '@hilo/prices/testing'
import { createTestPromotion } from '@hilo/promotions/testing'
import type { Kysely } from 'kysely'
import { placeOrder } from '../place-order.ts'

/** How hard to try. */
export interface Rush {
  readonly orders: number
  /** Pieces on the shelf, or uses of the coupon. */
  readonly limit: number
}

/** What came of it: how many orders by outcome, and what the database says afterwards. */
export interface RushResult {
  readonly outcomes: ReadonlyMap<string, number>
  /** Pieces reserved, or uses of the coupon counted. */
  readonly taken: number
  readonly milliseconds: number
}

const shop = async (db: Kysely<DB>) => {
  const { webEu } = await createTestChannels(db)
  const ctx: Context = {
    db,
    actor: SYSTEM,
    channel: webEu,
    locale: 'en',
    now: () => new Date(),
    correlationId: 'rush',
  }
  return { ctx, place: await createTestLocation(db, { channelIds: [webEu.id] }) }
}

const product = async ({ db, ...ctx }: Context, place: Uuid, onHand: number): Promise<Uuid> => {
  const sku = `rush-${newId().slice(-12)}`
  const { variantId } = await createPricedProduct({ db, ...ctx }, { sku, amounts: { EUR: 1000 } })
  await createTestStock(db, place, { [variantId]: onHand })
  return variantId
}

const count = (codes: readonly string[]): Map<string, number> =>
  new Map([...Map.groupBy(codes, (code) => code)].map(([code, all]) => [code, all.length]))

/** Requests under way at once: more than connections, fewer than would wait longer for one than they may. */
const LANES = 200

const inLanes = async <T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> => {
  const results: R[] = []
  const queue = items[Symbol.iterator]()
  const lane = async () => {
    for (const item of queue) results.push(await run(item))
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return results
}

/** Fills the carts first, then orders all of them at once. */
const rush = async (
  ctx: Context,
  { orders, variantId, code }: { readonly orders: number; readonly variantId: Uuid; readonly code?: string },
) => {
  const cart = { lines: [{ variantId, quantity: 1 }], email: 'rush@home.test' }
  const carts = await inLanes(Array.from({ length: orders }), () => createTestCart(ctx, cart))
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

/** Many orders at once for too few pieces, then for a coupon of too few uses; the database must be migrated and empty. */
export const proveOversell = async (
  db: Kysely<DB>,
  { stock, coupon }: { readonly stock: Rush; readonly coupon: Rush },
): Promise<{ readonly stock: RushResult; readonly coupon: RushResult }> => {
  const { ctx, place } = await shop(db)
  const scarce = await product(ctx, place, stock.limit)
  const sold = await rush(ctx, { orders: stock.orders, variantId: scarce })
  const plenty = await product(ctx, place, coupon.orders * 2)
  await createTestPromotion(ctx, { couponCodes: ['RUSH'], usageLimit: coupon.limit })
  const used = await rush(ctx, { orders: coupon.orders, variantId: plenty, code: 'RUSH' })
  const promotion = await db
    .selectFrom('promotion')
    .select('used')
    .where('usage_limit', '=', coupon.limit)
    .executeTakeFirstOrThrow()
  const [level] = await stockLevels(db, scarce)
  return { stock: { ...sold, taken: level!.reserved }, coupon: { ...used, taken: promotion.used } }
}
