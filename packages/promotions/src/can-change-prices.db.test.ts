import { updateCategory, updateProduct } from '@hilo/catalog'
import {
  addToCollection,
  createTestCollection,
  createTestType,
  moveInCollection,
  removeFromCollection,
  seeding,
  setTranslations,
  updateAttribute,
  updateCollection,
  updateProductType,
} from '@hilo/catalog/testing'
import { createChannel, updateMarket } from '@hilo/channels'
import { createTestChannels } from '@hilo/channels/testing'
import type { Context, StoredEvent } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { money, type Result, unwrap } from '@hilo/kernel'
import { updatePriceList } from '@hilo/prices'
import { expect, test } from 'vitest'
import { markDue, SHELF_EVENTS } from './due-shelf-prices.ts'
import { projectShelfPrices } from './project-shelf-prices.ts'
import { createPricedProduct } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const red = await createPricedProduct(ctx, { sku: 'red', category: 'paint', amounts: { EUR: 100 } })
const green = await createPricedProduct(ctx, { sku: 'green', category: 'brushes', amounts: { EUR: 100 } })
const blue = await createPricedProduct(ctx, { sku: 'blue', amounts: { EUR: 100 } })
const id = await createTestCollection(ctx, { slug: 'colours', productIds: [red.productId, green.productId] })
await createTestType(ctx, { code: 'paint', attributes: [{ code: 'gloss', kind: 'BOOLEAN' }] })
const idOf = async (table: 'attribute' | 'product_type' | 'price_list') =>
  (await db.selectFrom(table).select('id').executeTakeFirstOrThrow()).id
const categoryOf = async (slug: string) =>
  (await db.selectFrom('category').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()).id
const [attributeId, typeId, listId] = [
  await idOf('attribute'),
  await idOf('product_type'),
  await idOf('price_list'),
]
const [paint, brushes] = [await categoryOf('paint'), await categoryOf('brushes')]

/** The SKUs whose shelf prices what is done marks, when it appends an event at all. */
const markedBy = async (change: (inner: Context) => Promise<Result<unknown>>): Promise<string[]> => {
  const { last } = await db
    .selectFrom('event')
    .select((eb) => eb.fn.max('id').as('last'))
    .executeTakeFirstOrThrow()
  await seeding(ctx, async (inner) => unwrap(await change(inner)))
  await db.deleteFrom('shelf_price_due').execute()
  const events = await db
    .selectFrom('event')
    .selectAll()
    .where('id', '>', last)
    .where('type', 'in', [...SHELF_EVENTS])
    .orderBy('id')
    .execute()
  expect(events).not.toEqual([])
  for (const event of events)
    await markDue(db, { ...event, aggregateId: event.aggregate_id } as unknown as StoredEvent)
  const marked = await db
    .selectFrom('shelf_price_due')
    .innerJoin('variant', 'variant.id', 'variant_id')
    .select('sku')
    .orderBy('sku')
    .execute()
  return marked.map(({ sku }) => sku)
}

const translate = (kind: 'attribute' | 'category' | 'collection' | 'product' | 'productType', of: string) =>
  markedBy((inner) => {
    const one = { kind, id: of, field: 'NAME' as const, part: '', text: 'Nombre', ifVersion: null, index: 0 }
    return setTranslations(inner, { locale: 'es', translations: [one] })
  })

const ALL = ['blue', 'green', 'red']

test('a product that is dragged to another place in a collection marks no shelf', async () => {
  const drag = (inner: Context) =>
    moveInCollection(inner, { id, productIds: [green.productId], afterId: null })
  expect(await markedBy(drag)).toEqual([])
  const pin = (inner: Context) => moveInCollection(inner, { id, productIds: [red.productId], pinned: true })
  expect(await markedBy(pin)).toEqual([])
})

test('a product that comes into a collection or leaves it marks its own shelf', async () => {
  const productIds = [blue.productId]
  expect(await markedBy((inner) => addToCollection(inner, { id, productIds }))).toEqual(['blue'])
  expect(await markedBy((inner) => removeFromCollection(inner, { id, productIds }))).toEqual(['blue'])
})

test('a translation marks no shelf, whatever it is of', async () => {
  expect(await translate('attribute', attributeId)).toEqual([])
  expect(await translate('productType', typeId)).toEqual([])
  expect(await translate('category', paint)).toEqual([])
  expect(await translate('collection', id)).toEqual([])
  expect(await translate('product', red.productId)).toEqual([])
})

test('a category that is dragged among its siblings marks no shelf, and below another it marks all', async () => {
  const place = (change: Partial<Parameters<typeof updateCategory>[1]>) =>
    markedBy((inner) => updateCategory(inner, { id: brushes, ...change }))
  expect(await place({ beforeId: paint })).toEqual([])
  expect(await place({ parentId: paint })).toEqual(ALL)
})

test('a collection or a category with another slug marks the shelves that promotions may know by it', async () => {
  expect(await markedBy((inner) => updateCollection(inner, { id, name: { en: 'Hues' } }))).toEqual([])
  expect(await markedBy((inner) => updateCollection(inner, { id, slug: 'hues' }))).toEqual(['green', 'red'])
  expect(await markedBy((inner) => updateCategory(inner, { id: paint, slug: 'paints' }))).toEqual(ALL)
})

test('an attribute marks all shelves when promotions see it otherwise, and a type when its attributes change', async () => {
  const attribute = (change: Partial<Parameters<typeof updateAttribute>[1]>) =>
    markedBy((inner) => updateAttribute(inner, { id: attributeId, ...change }))
  expect(await attribute({ name: { en: 'Shine' } })).toEqual([])
  expect(await attribute({ code: 'shine' })).toEqual(ALL)
  expect(await attribute({ filterable: false })).toEqual(ALL)
  const type = (change: Partial<Parameters<typeof updateProductType>[1]>) =>
    markedBy((inner) => updateProductType(inner, { id: typeId, ...change }))
  expect(await type({ code: 'paints' })).toEqual([])
  expect(await type({ attributes: [] })).toEqual(ALL)
})

test('a product marks its shelf when more than its texts changed, and so does a price list', async () => {
  const product = (change: Partial<Parameters<typeof updateProduct>[1]>) =>
    markedBy((inner) => updateProduct(inner, { id: red.productId, ...change }))
  expect(await product({ name: { en: 'Red paint' }, description: { en: 'Dries fast' } })).toEqual([])
  expect(await product({ name: { en: 'Red' }, taxClass: 'REDUCED' })).toEqual(['red'])
  const list = (change: Partial<Parameters<typeof updatePriceList>[1]>) =>
    markedBy((inner) => updatePriceList(inner, { id: listId, ...change }))
  expect(await list({ name: { en: 'Usual' } })).toEqual([])
  expect(await list({ validFrom: new Date('2030-01-01') })).toEqual(ALL)
})

test('a market with other taxes marks every shelf, and one with another name or delivery price none', async () => {
  const change = (said: Omit<Parameters<typeof updateMarket>[1], 'id'>) =>
    markedBy((inner) => updateMarket(inner, { id: webEu.market.id, ...said }))
  expect(await change({ name: { en: 'The Union' } })).toEqual([])
  expect(await change({ delivery: money(700n, 'EUR') })).toEqual([])
  const ratesPpm = { STANDARD: 220_000, REDUCED: 0, ZERO: 0 }
  expect(await change({ countries: [{ country: 'ES', ratesPpm }] })).toEqual(ALL)
})

test('what is published in a new channel gets its shelf there', async () => {
  const draft = { code: 'kiosk', name: { en: 'Kiosk' }, kind: 'STORE', marketId: webEu.market.id } as const
  const { channelId } = await seeding(ctx, async (inner) => unwrap(await createChannel(inner, draft)))
  const places = { id: red.productId, channelIds: [webEu.id, channelId] }
  expect(await markedBy((inner) => updateProduct(inner, places))).toEqual(['red'])
  // When the list holds, by the test before.
  while ((await projectShelfPrices(db, () => new Date('2030-01-02'))) > 0);
  const shelves = await db
    .selectFrom('price_history')
    .select(['variant_id', 'amount_minor'])
    .where('channel_id', '=', channelId)
    .execute()
  expect(shelves).toEqual([{ variant_id: red.variantId, amount_minor: 100n }])
})
