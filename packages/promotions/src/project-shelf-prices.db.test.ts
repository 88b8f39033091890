import { seeding } from '@hilo/catalog/testing'
import { insertProducts } from '@hilo/catalog'
import { createTestChannels } from '@hilo/channels/testing'
import type { StoredEvent } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { insertPrices, updatePriceList } from '@hilo/prices'
import { unwrap, type Uuid } from '@hilo/kernel'
import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import { markDue, projectDueShelfPrices, SHELF_EVENTS } from './due-shelf-prices.ts'
import { projectShelfPrices } from './project-shelf-prices.ts'
import {
  createPricedProduct,
  createTestPriceList,
  createTestPromotion,
  priceTestVariant,
} from './testing/index.ts'
import { lowestPrices } from './shelf-prices.ts'

const { db } = await testDatabase()
const channels = await createTestChannels(db)
const { webEu } = channels
const ctx = testContext(db, { channel: webEu })
const NOW = ctx.now()
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

let last = 0n

/** The events since the last call. Read from the table, since other test files' transactions hold the log back. */
const newEvents = async (): Promise<StoredEvent[]> => {
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('id', '>', last)
    .where('type', 'in', [...SHELF_EVENTS])
    .orderBy('id')
    .execute()
  last = rows.at(-1)?.id ?? last
  return rows.map((row) => ({ ...row, aggregateId: row.aggregate_id })) as unknown as StoredEvent[]
}

/** Marks what these events changed, and works all of it out at a time. */
const project = async (at = NOW) => {
  for (const event of await newEvents()) await markDue(db, event)
  await projectDueShelfPrices(db, at)
  while ((await projectShelfPrices(db, () => at)) > 0);
}

const history = async (sku: string) => {
  const rows = await db
    .selectFrom('price_history')
    .innerJoin('variant', 'variant.id', 'price_history.variant_id')
    .select(['amount_minor', 'at'])
    .where('variant.sku', '=', sku)
    .where('channel_id', '=', webEu.id)
    .orderBy('price_history.id')
    .execute()
  return rows.map(({ amount_minor, at }) => `${amount_minor} +${(at.getTime() - NOW.getTime()) / 60_000}`)
}

beforeEach(async () => {
  await project()
})

test('A promotion and a price list that start and end by the clock are told when they do', async () => {
  const { variantId } = await createPricedProduct(ctx, { sku: 'beans', amounts: { EUR: 1000 } })
  await createTestPriceList(ctx, {
    code: 'sale',
    currency: 'EUR',
    kind: 'SALE',
    valid: { from: later(10), until: later(20) },
  })
  await seeding(ctx, (inner) => insertPrices(inner, [{ variantId, list: 'sale', amountMinor: 800n }]))
  await createTestPromotion(ctx, {
    items: { sku: ['beans'] },
    startsAt: later(30).toISOString(),
    endsAt: later(40).toISOString(),
  })
  for (const minutes of [0, 5, 10, 15, 25, 31, 35, 40, 50]) await project(later(minutes))
  expect(await history('beans')).toEqual(['1000 +0', '800 +10', '1000 +25', '900 +31', '1000 +40'])
})

test('Nothing that ends between two runs is missed, and a clock that goes back does nothing twice', async () => {
  const { variantId } = await createPricedProduct(ctx, { sku: 'flash', amounts: { EUR: 100 } })
  await project(later(50))
  await createTestPriceList(ctx, {
    code: 'flash',
    currency: 'EUR',
    kind: 'SALE',
    valid: { from: later(60), until: later(70) },
  })
  await seeding(ctx, (inner) => insertPrices(inner, [{ variantId, list: 'flash', amountMinor: 50n }]))
  await project(later(65))
  await project(later(55))
  await project(later(90))
  expect(await history('flash')).toEqual(['100 +50', '50 +65', '100 +90'])
})

test('A list that derives from another no longer is told of on every shelf that it had a price for', async () => {
  await createPricedProduct(ctx, { sku: 'kettle', amounts: { EUR: 1000 } })
  const base = await db
    .selectFrom('price_list')
    .select('id')
    .where('code', '=', 'base-eur')
    .executeTakeFirstOrThrow()
  const derivation = {
    baseId: base.id,
    adjustmentPpm: -200_000,
    rounding: 'NONE',
    direction: 'NEAREST',
  } as const
  const id = await createTestPriceList(ctx, { code: 'tenth', currency: 'EUR', kind: 'SALE', derivation })
  await project()
  await seeding(ctx, async (inner) => unwrap(await updatePriceList(inner, { id, derivation: null })))
  await project()
  expect(await history('kettle')).toEqual(['800 +0', '1000 +0'])
})

test('Many variants take a few statements per batch', async () => {
  const seeds = Array.from({ length: 450 }, (_, index) => ({
    slug: `many-${index}`,
    name: { en: `Many ${index}` },
    channelIds: [webEu.id],
    variants: [{ sku: `many-${index}` }],
  }))
  const products = await seeding(ctx, (inner) => insertProducts(inner, seeds))
  await priceTestVariant(ctx, products[0]!.variants[0]!.id, { EUR: 100 })
  await seeding(ctx, (inner) =>
    insertPrices(
      inner,
      products
        .slice(1)
        .map(({ variants }) => ({ variantId: variants[0]!.id, list: 'base-eur', amountMinor: 100n })),
    ),
  )
  await project()
  await createTestPromotion(ctx, {})
  for (const event of await newEvents()) await markDue(db, event)
  const spread = await recordStatements(() => projectShelfPrices(db, ctx.now))
  expect(spread).toMatchObject({ result: 200, statements: { length: 4 } })
  const { result, statements } = await recordStatements(() => projectShelfPrices(db, ctx.now))
  expect(result).toBe(200)
  // With the transaction: take, channel, variants; the facts, latest, what they were before, the history and the events.
  expect(statements.length).toBeLessThanOrEqual(15)
  await project()
  expect(await history('many-449')).toEqual(['100 +0', '90 +0'])
})

test('Only shelves where a variant is published or was sold are looked at, and two who work at once do each once', async () => {
  const { deviceEu } = channels
  const seed = {
    slug: 'roaming',
    name: { en: 'Roaming' },
    channelIds: [webEu.id],
    variants: [{ sku: 'roaming' }],
  }
  const [made] = await seeding(ctx, (inner) => insertProducts(inner, [seed]))
  const { id: productId, variants } = made!
  await priceTestVariant(ctx, variants[0]!.id, { EUR: 500 })
  await project()
  const change = async (channelId: Uuid) => {
    await db
      .updateTable('product_channel')
      .set({ channel_id: channelId })
      .where('product_id', '=', productId)
      .execute()
    await sql`insert into shelf_price_due select id from variant where product_id = ${productId}`.execute(db)
  }
  await change(deviceEu.id)
  expect(await projectShelfPrices(db, ctx.now)).toBe(1)
  const { rows } = await sql<{ channel_id: Uuid }>`select channel_id from shelf_due`.execute(db)
  expect(rows.map(({ channel_id }) => channel_id).sort()).toEqual([webEu.id, deviceEu.id].sort())
  await Promise.all([project(), project()])
  expect(await history('roaming')).toEqual(['450 +0', 'null +0'])
  await change(webEu.id)
  await project()
  expect(await history('roaming')).toEqual(['450 +0', 'null +0', '450 +0'])
})

test('The lowest price of the thirty days before a reduction is one statement for all', async () => {
  const rows = await db.selectFrom('variant').select('id').where('sku', 'in', ['many-1', 'many-2']).execute()
  const { variantId: fresh } = await createPricedProduct(ctx, { sku: 'fresh', amounts: { EUR: 2000 } })
  const shelves = [...rows.map(({ id }) => ({ id, amount: 90n })), { id: fresh, amount: 1800n }]
  const { result, statements } = await recordStatements(() =>
    lowestPrices(
      ctx,
      shelves.map(({ id, amount }) => ({
        channelId: webEu.id,
        currency: 'EUR',
        variantId: id,
        amountMinor: amount,
        at: ctx.now(),
      })),
    ),
  )
  expect(result).toEqual([100n, 100n, undefined])
  expect(statements).toHaveLength(1)
})
