import { openSession } from '@hilo/access'
import { createTestStaff } from '@hilo/access/testing'
import { type ProductSeed, insertCategories, insertProducts } from '@hilo/catalog'
import { allChannels, type ChannelRow, insertChannels, insertMarkets, insertShop } from '@hilo/channels'
import type { Context, Database } from '@hilo/db'
import { createLocations, openStocks } from '@hilo/inventory'
import { newId, SYSTEM, systemClock, type Uuid } from '@hilo/kernel'
import { insertPriceLists, insertPrices } from '@hilo/prices'
import { insertPromotions } from '@hilo/promotions'
import {
  CATEGORIES,
  CHANNELS,
  LISTS,
  LOCATIONS,
  MARKETS,
  pricesOf,
  productAt,
  PROMOTIONS,
  stockAt,
} from './made-up.ts'

/** The shop that scenarios run on, as JSON for other processes. */
export interface BenchShop {
  readonly products: number
  readonly variants: number
  /** Seconds that building it took. */
  readonly builtIn: number
  /** The first product by name, and its first variant. */
  readonly productId: Uuid
  readonly variantId: Uuid
  readonly sku: string
  /** Signs in a member of staff who may do everything. */
  readonly staffToken: string
}

/** Products of one transaction: it holds readers of the log back, and each product is one lock. */
const BATCH = 500

/** Transactions under way at once. */
const WRITERS = 3

const insertGround = async (ctx: Omit<Context, 'channel'>) => {
  const markets = await insertMarkets(ctx.db, MARKETS)
  const ids = await insertChannels(
    ctx.db,
    CHANNELS.map(({ market, ...channel }) => ({ ...channel, marketId: markets.get(market)! })),
  )
  await insertShop(ctx.db, { code: 'bench', name: 'Bench', defaultChannelId: ids.get('web-eu')! })
  const channels = await allChannels(ctx.db)
  const inner: Context = { ...ctx, channel: channels.find(({ code }) => code === 'web-eu')! }
  const locations = await createLocations(
    ctx.db,
    LOCATIONS.map(({ channels: served, ...location }) => ({
      ...location,
      channelIds: served.map((code) => ids.get(code)!),
    })),
  )
  const categories = await insertCategories(inner, CATEGORIES)
  await insertPriceLists(
    inner,
    LISTS.map(({ market, ...list }) => ({ ...list, marketIds: [markets.get(market)!] })),
  )
  await insertPromotions(inner, PROMOTIONS)
  return { channels, locations, categories }
}

type Ground = Awaited<ReturnType<typeof insertGround>>

const insertBatch = async (
  ctx: Context,
  { channels, locations, categories }: Ground,
  from: number,
  to: number,
) => {
  const seeds = Array.from({ length: to - from }, (_, index): ProductSeed => {
    const { category, ...product } = productAt(from + index)
    return {
      ...product,
      categoryIds: [categories.get(category)!],
      channelIds: channels.map(({ id }: ChannelRow) => id),
    }
  })
  const inserted = await insertProducts(ctx, seeds)
  const variants = inserted.flatMap((product, index) =>
    product.variants.map(({ id }, position) => ({ id, number: (from + index) * 4 + position })),
  )
  await insertPrices(
    ctx,
    variants.flatMap(({ id, number }) => pricesOf(number).map((price) => ({ ...price, variantId: id }))),
  )
  await openStocks(
    ctx.db,
    variants.flatMap(({ id, number }) =>
      locations.map((locationId, place) => ({ locationId, variantId: id, onHand: stockAt(number, place) })),
    ),
    ctx.now(),
  )
  return inserted[0]!
}

/**
 * Builds a shop by the bulk path: products with four variants, each with prices in two or three lists and stock at three
 * locations, and promotions of every class. The same every time but for the ids.
 */
export const buildShop = async ({ kysely: db }: Database, products: number): Promise<BenchShop> => {
  const startedAt = performance.now()
  const ctx = { db, actor: SYSTEM, locale: 'en', now: systemClock, correlationId: newId() } as const
  const ground = await db.transaction().execute((tx) => insertGround({ ...ctx, db: tx }))
  const channel = ground.channels.find(({ code }) => code === 'web-eu')!
  let next = 0
  let first: Awaited<ReturnType<typeof insertBatch>> | undefined
  const writer = async (): Promise<void> => {
    while (next < products) {
      const from = next
      const to = (next = Math.min(products, from + BATCH))
      const head = await db
        .transaction()
        .execute((tx) => insertBatch({ ...ctx, channel, db: tx }, ground, from, to))
      if (from === 0) first = head
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  const staff = await createTestStaff({ ...ctx, channel })
  const { token } = await openSession(db, { kind: 'staff', subjectId: staff.id, now: systemClock() })
  return {
    products,
    variants: products * 4,
    builtIn: (performance.now() - startedAt) / 1_000,
    productId: first!.id,
    variantId: first!.variants[0]!.id,
    sku: first!.variants[0]!.sku,
    staffToken: token,
  }
}
