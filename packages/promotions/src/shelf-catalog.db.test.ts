import { updateProduct } from '@hilo/catalog'
import { createTestCollection, passCatalogBoundaries, seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import type { StoredEvent } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { unwrap } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { markDue, SHELF_EVENTS } from './due-shelf-prices.ts'
import { nextShelfBoundary } from './next-boundary.ts'
import { projectShelfPrices } from './project-shelf-prices.ts'
import { createPricedProduct, createTestPromotion } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const NOW = ctx.now()
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

let last = 0n

const project = async (at: Date) => {
  await passCatalogBoundaries(db, () => at)
  const events = await db
    .selectFrom('event')
    .selectAll()
    .where('id', '>', last)
    .where('type', 'in', [...SHELF_EVENTS])
    .orderBy('id')
    .execute()
  last = events.at(-1)?.id ?? last
  for (const event of events)
    await markDue(db, { ...event, aggregateId: event.aggregate_id } as unknown as StoredEvent)
  while ((await projectShelfPrices(db, () => at)) > 0);
}

const history = async (variantId: string) =>
  (
    await db
      .selectFrom('price_history')
      .select('amount_minor')
      .where('variant_id', '=', variantId)
      .where('channel_id', '=', webEu.id)
      .orderBy('id')
      .execute()
  ).map(({ amount_minor }) => amount_minor)

test('the shelf has a price from the begin of a publication to its end, and no longer', async () => {
  const { productId, variantId } = await createPricedProduct(ctx, { sku: 'timed', amounts: { EUR: 500 } })
  await db
    .updateTable('product_channel')
    .set({ published_from: later(5), published_until: later(10) })
    .where('product_id', '=', productId)
    .execute()
  await project(NOW)
  expect(await history(variantId)).toEqual([])
  expect(await nextShelfBoundary(db, NOW)).toBe(later(5).getTime())
  expect(await nextShelfBoundary(db, later(5))).toBe(later(10).getTime())
  await project(later(5))
  expect(await history(variantId)).toEqual([500n])
  await project(later(10))
  expect(await history(variantId)).toEqual([500n, null])
})

test('a product that comes into a collection has the price of its promotion, and loses it when it leaves', async () => {
  const { productId, variantId } = await createPricedProduct(ctx, { sku: 'joins', amounts: { EUR: 1_000 } })
  await createTestCollection(ctx, { slug: 'bright', rule: { name: { contains: 'bright' } } })
  await createTestPromotion(ctx, {
    name: 'Bright',
    items: { collection: ['bright'] },
    effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ITEM' },
  })
  await project(later(20))
  for (const name of ['A bright lamp', 'A lamp'])
    await seeding(ctx, async (inner) => {
      unwrap(await updateProduct(inner, { id: productId, name: { en: name } }))
    }).then(() => project(later(21)))
  expect(await history(variantId)).toEqual([1_000n, 900n, 1_000n])
})
