import { updateCategory } from '@hilo/catalog'
import {
  createTestCollection,
  createTestType,
  moveInCollection,
  seeding,
  setTranslations,
  updateAttribute,
  updateCollection,
  updateProductType,
} from '@hilo/catalog/testing'
import { updateMarket } from '@hilo/channels'
import { createTestChannels } from '@hilo/channels/testing'
import type { Context, StoredEvent } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { type Result, unwrap, type Uuid } from '@hilo/kernel'
import { updatePriceList } from '@hilo/prices'
import { createPricedProduct } from '@hilo/prices/testing'
import { expect, test } from 'vitest'
import { indexAll } from '../testing/index.ts'
import { markDue, SEARCHED_EVENTS } from './due.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const paint = await createTestType(ctx, { code: 'paint', attributes: [{ code: 'gloss', kind: 'BOOLEAN' }] })
const red = await createPricedProduct(ctx, {
  sku: 'red',
  category: 'home/paint',
  productType: paint,
  attributes: [{ code: 'gloss', boolean: true }],
  amounts: { EUR: 100 },
})
const green = await createPricedProduct(ctx, { sku: 'green', category: 'home', amounts: { USD: 100 } })
await createPricedProduct(ctx, { sku: 'blue', amounts: { USD: 100 } })
const collectionId = await createTestCollection(ctx, {
  slug: 'colours',
  productIds: [red.productId, green.productId],
})
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

const idOf = async (table: 'attribute' | 'product_type') =>
  (await db.selectFrom(table).select('id').executeTakeFirstOrThrow()).id
const categoryOf = async (slug: string) =>
  (await db.selectFrom('category').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()).id

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

test('a product that is dragged to another place in a collection marks nothing', async () => {
  const drag = (inner: Context) =>
    moveInCollection(inner, { id: collectionId, productIds: [green.productId], afterId: null })
  expect(await markedBy(drag)).toEqual([])
  const pin = (inner: Context) =>
    moveInCollection(inner, { id: collectionId, productIds: [red.productId], pinned: true })
  expect(await markedBy(pin)).toEqual([])
})

test('a collection marks its products when its name is another, in any language, and not for its other texts', async () => {
  const change = (said: Partial<Parameters<typeof updateCollection>[1]>) =>
    markedBy((inner) => updateCollection(inner, { id: collectionId, ...said }))
  expect(await change({ slug: 'hues', description: { en: 'All of them' } })).toEqual([])
  expect(await change({ name: { en: 'Hues' } })).toEqual(['green', 'red'])
  const translate = (field: 'NAME' | 'DESCRIPTION') =>
    markedBy((inner) => {
      const one = { kind: 'collection' as const, id: collectionId, field, part: '', text: 'Tonos' }
      return setTranslations(inner, { locale: 'es', translations: [{ ...one, ifVersion: null, index: 0 }] })
    })
  expect(await translate('DESCRIPTION')).toEqual([])
  expect(await translate('NAME')).toEqual(['green', 'red'])
})

test('a category that is dragged among its siblings marks nothing, and with another name or place all that is below it', async () => {
  const [home, below] = [await categoryOf('home'), await categoryOf('paint')]
  const change = (id: Uuid, said: Omit<Parameters<typeof updateCategory>[1], 'id'>) =>
    markedBy((inner) => updateCategory(inner, { id, ...said }))
  expect(await change(home, { slug: 'house', beforeId: null })).toEqual([])
  expect(await change(home, { name: { en: 'House' } })).toEqual(['green', 'red'])
  expect(await change(below, { parentId: null })).toEqual(['red'])
})

test('an attribute or a type marks what has it when it is told otherwise', async () => {
  const [attributeId, typeId] = [await idOf('attribute'), await idOf('product_type')]
  const attribute = (said: Partial<Parameters<typeof updateAttribute>[1]>) =>
    markedBy((inner) => updateAttribute(inner, { id: attributeId, ...said }))
  expect(await attribute({ name: { en: 'Shine' } })).toEqual([])
  for (const said of [{ code: 'shine' }, { filterable: false }, { internal: true }])
    expect(await attribute(said)).toEqual(['red'])
  const type = (said: Partial<Parameters<typeof updateProductType>[1]>) =>
    markedBy((inner) => updateProductType(inner, { id: typeId, ...said }))
  for (const said of [{ code: 'paints' }, { name: { en: 'Paints' } }, { attributes: [], removeValues: true }])
    expect(await type(said)).toEqual(['red'])
})

test('a market with another name or other taxes marks nothing: what costs something else then is told of its own', async () => {
  const { id } = webEu.market
  const change = (said: Omit<Parameters<typeof updateMarket>[1], 'id'>) =>
    markedBy((inner) => updateMarket(inner, { id, ...said }))
  expect(await change({ name: { en: 'The Union' } })).toEqual([])
  expect(await change({ pricesIncludeTax: false })).toEqual([])
})
