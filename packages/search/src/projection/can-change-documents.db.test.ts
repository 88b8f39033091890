import { seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import type { Context, StoredEvent } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { type Result, unwrap } from '@hilo/kernel'
import { updatePriceList } from '@hilo/prices'
import { createPricedProduct } from '@hilo/prices/testing'
import { expect, test } from 'vitest'
import { indexAll } from '../testing/index.ts'
import { markDue, SEARCHED_EVENTS } from './due.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

await createPricedProduct(ctx, { sku: 'red', amounts: { EUR: 100 } })
await createPricedProduct(ctx, { sku: 'green', amounts: { USD: 100 } })
await indexAll(ctx)

/** The slugs of the products that what is done marks, when it appends an event at all. */
const markedBy = async (change: (inner: Context) => Promise<Result<unknown>>): Promise<string[]> => {
  const { last } = await db
    .selectFrom('event')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  await seeding(ctx, async (inner) => unwrap(await change(inner)))
  await db.deleteFrom('search_due').execute()
  const events = await db
    .selectFrom('event')
    .select(['type', 'payload', 'aggregate', 'aggregate_id as aggregateId', 'seq'])
    .where('id', '>', last)
    .where('type', 'in', [...SEARCHED_EVENTS])
    .orderBy('id')
    .execute()
  expect(events).not.toEqual([])
  await markDue(db, events as unknown as StoredEvent[], ctx.now())
  const marked = await db
    .selectFrom('search_due')
    .innerJoin('product', 'product.id', 'product_id')
    .select('slug')
    .orderBy('slug')
    .execute()
  return marked.map(({ slug }) => slug)
}

test('a price list with another name marks nothing, and one for others, for another time or at rest marks what it prices', async () => {
  const { id } = await db
    .selectFrom('price_list')
    .select('id')
    .where('code', '=', 'base-eur')
    .executeTakeFirstOrThrow()
  const list = (change: Omit<Parameters<typeof updatePriceList>[1], 'id'>) =>
    markedBy((inner) => updatePriceList(inner, { id, ...change }))
  expect(await list({ name: { en: 'Usual' } })).toEqual([])
  expect(await list({ audience: { channelIds: [webEu.id] } })).toEqual(['red'])
  expect(await list({ validFrom: new Date('2030-01-01') })).toEqual(['red'])
  expect(await list({ active: false })).toEqual(['red'])
})
