import '@hilo/catalog/graphql'
import { createTestCollection, createTestProduct, createTestType, seeding } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { startEventFeed, type StoredEvent } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { adjustStock, setLocationChannels } from '@hilo/inventory'
import { createTestLocation } from '@hilo/inventory/testing'
import { encodeId, newId, type Uuid } from '@hilo/kernel'
import { archivePriceList, insertPrices, updatePriceList } from '@hilo/prices'
import { createTestPriceList, priceTestVariant } from '@hilo/prices/testing'
import { projectShelfPrices } from '@hilo/promotions'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { rebuildSearch, searchStatus } from '../rebuild.ts'
import { lookFor } from '../testing/index.ts'
import { markDue, SEARCHED_EVENTS } from './due.ts'
import { projectSearch } from './project.ts'
import { startSearchProjection } from './start-search-projection.ts'

const { db, database } = await testDatabase()
const { webEu, webUs } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const locationId = await createTestLocation(db, { channelIds: [webEu.id, webUs.id] })
const type = await createTestType(ctx, {
  code: 'chair',
  attributes: [
    { code: 'material', kind: 'CHOICE', choices: ['oak', 'pine'] },
    { code: 'height', kind: 'NUMBER' },
    { code: 'story', kind: 'TEXT', localized: true, filterable: false },
  ],
})

const make = (n: number, category: string) =>
  createTestProduct(ctx, {
    sku: `CHAIR-${n}`,
    name: { en: `Chair ${['red', 'blue', 'green'][n % 3]}`, es: `Silla ${n}` },
    productType: type,
    attributes: [
      { code: 'material', choice: n % 2 === 0 ? 'oak' : 'pine' },
      { code: 'height', number: 40 + n },
      { code: 'story', texts: { en: 'Turned by hand' } },
    ],
    category,
  })
const products = [await make(0, 'home/seats'), await make(1, 'home/seats/wood'), await make(2, 'home')]
const [first, second, third] = products as [(typeof products)[0], (typeof products)[0], (typeof products)[0]]
for (const { variantId } of [second, third]) await priceTestVariant(ctx, variantId, { EUR: 2490 })
const traded = await make(3, 'home')
const tradeGroup = [newId()]
await db.insertInto('customer_group').values({ id: tradeGroup[0]!, code: 'trade', name: '{}' }).execute()
const tradeId = await createTestPriceList(ctx, {
  code: 'trade',
  kind: 'CONTRACT',
  currency: 'EUR',
  customerGroupIds: tradeGroup,
})
const derivedId = await createTestPriceList(ctx, {
  code: 'trade-web',
  kind: 'CONTRACT',
  currency: 'EUR',
  customerGroupIds: tradeGroup,
  channelIds: [webEu.id],
  status: 'INACTIVE',
  derivation: { baseId: tradeId, adjustmentPpm: 0, rounding: 'NONE', direction: 'NEAREST' },
})
await seeding(ctx, (inner) =>
  insertPrices(inner, [{ variantId: traded.variantId, list: 'trade', amountMinor: 900n }]),
)
const isFound = async () => (await lookFor(ctx, 'CHAIR-3')).hits.length === 1
const collectionId = await createTestCollection(ctx, { slug: 'picked', productIds: [first.productId] })
const categoryIds = new Map(
  (await db.selectFrom('category').select(['slug', 'id']).execute()).map(({ slug, id }) => [slug, id]),
)
const category = (slug: string): string => encodeId('category', categoryIds.get(slug)!)
const productId = (product: { readonly productId: Uuid }): string => encodeId('product', product.productId)

const { id: materialId } = await db
  .selectFrom('attribute')
  .select('id')
  .where('code', '=', 'material')
  .executeTakeFirstOrThrow()

let heard = 0n

/** Brings the index after what the log says, as the consumer does. */
const follow = async (): Promise<void> => {
  // Its own marks come from its own consumer: here it looks at everything.
  await sql`insert into shelf_price_due select id from variant on conflict do nothing`.execute(db)
  while ((await projectShelfPrices(db, ctx.now)) > 0);
  const rows = await db
    .selectFrom('event')
    .select(['id', 'type', 'payload', 'aggregate', 'aggregate_id as aggregateId', 'seq'])
    .where('id', '>', heard)
    .orderBy('id')
    .execute()
  heard = rows.at(-1)?.id ?? heard
  const events = rows.filter(({ type: name }) => (SEARCHED_EVENTS as readonly string[]).includes(name))
  if (events.length > 0) await markDue(db, events as unknown as StoredEvent[], ctx.now())
  while ((await projectSearch(db, ctx.now)) > 0);
}

/** Everything that the index says; tags by what they mean, since their numbers are of the order in which they came. */
const everything = async () => {
  const { rows: documents } = await sql`
    select locale, product_id, created_at, name, name_key, terms::text, array(select unnest(words) order by 1) as words,
      array(select facet || '=' || value || label::text from search_tag where id = any(tags) order by 1) as tags
    from search_document order by locale, product_id`.execute(db)
  const { rows: offers } = await sql`select * from search_offer order by channel_id, product_id`.execute(db)
  const { rows: numbers } = await sql`select * from search_number order by 1, 2, 3`.execute(db)
  const { rows: words } = await sql`select * from search_word where documents <> 0 order by 1, 2`.execute(db)
  return { documents, offers, numbers, words }
}

const fromScratch = async () => {
  for (const table of [
    'search_document',
    'search_offer',
    'search_number',
    'search_word',
    'search_tag',
  ] as const)
    await db.deleteFrom(table).execute()
  await rebuildSearch(db, ctx.now)
  return everything()
}

const mutate = async (name: string, input: object): Promise<void> => {
  const kind = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`
  const { data, errors } = await ask<Record<string, { userErrors: unknown[] }>>(
    `mutation ($input: ${kind}!) { ${name}(input: $input) { userErrors { code message } } }`,
    { ctx, variables: { input } },
  )
  expect({ errors, refused: data[name]?.userErrors }).toEqual({ errors: undefined, refused: [] })
}

const CHANGES: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['products that are made', () => Promise.resolve()],
  ['a name', () => mutate('productUpdate', { id: productId(first), name: { en: 'Stool', es: 'Taburete' } })],
  [
    'a text of an attribute that is translated',
    () =>
      mutate('translationsSet', {
        locale: 'es',
        translations: [
          { id: productId(first), field: 'ATTRIBUTE', part: 'story', text: 'Torneada a mano' },
          { id: encodeId('attribute', materialId), field: 'CHOICE', part: 'oak', text: 'Roble' },
        ],
      }),
  ],
  ['a category that moves', () => mutate('categoryUpdate', { id: category('wood'), parentId: null })],
  [
    'a category that gets another name',
    () => mutate('categoryUpdate', { id: category('home'), name: { en: 'Living' } }),
  ],
  [
    'a category that goes and leaves what is in it to its parent',
    () => mutate('categoryDelete', { id: category('seats'), content: 'MOVE_UP' }),
  ],
  [
    'a collection that gets a product',
    () =>
      mutate('collectionProductsAdd', {
        id: encodeId('collection', collectionId),
        productIds: [productId(second)],
      }),
  ],
  [
    'a product that leaves a channel',
    () =>
      mutate('productUnpublish', {
        productIds: [productId(second)],
        channelIds: [encodeId('channel', webUs.id)],
      }),
  ],
  ['a product that is archived', () => mutate('productUpdate', { id: productId(third), status: 'ARCHIVED' })],
  ['a price', () => priceTestVariant(ctx, first.variantId, { EUR: 1990 })],
  [
    'stock that comes',
    () =>
      db
        .transaction()
        .execute((tx) =>
          adjustStock({ ...ctx, db: tx }, { locationId, variantId: first.variantId, delta: 3 }),
        ),
  ],
  [
    'a location that no longer serves a channel',
    () => seeding(ctx, (inner) => setLocationChannels(inner, { locationId, channelIds: [webUs.id] })),
  ],
  [
    'a location that serves it again',
    () =>
      seeding(ctx, (inner) => setLocationChannels(inner, { locationId, channelIds: [webEu.id, webUs.id] })),
  ],
  [
    'stock that goes',
    () =>
      db
        .transaction()
        .execute((tx) =>
          adjustStock({ ...ctx, db: tx }, { locationId, variantId: first.variantId, delta: -3 }),
        ),
  ],
  ['a product that comes back', () => mutate('productUpdate', { id: productId(third), status: 'PUBLISHED' })],
]

describe('the index followed step by step is the one made from scratch, after', () => {
  for (const [what, change] of CHANGES)
    it(what, async () => {
      const before = await everything()
      await change()
      await follow()
      const followed = await everything()
      // A change that changes nothing would prove nothing.
      expect(followed).not.toEqual(before)
      expect(followed).toEqual(await fromScratch())
    })
})

it('a product is found where a list for some customers prices it, and no longer when none does for this channel', async () => {
  const change = (id: Uuid, more: Omit<Parameters<typeof updatePriceList>[1], 'id'>) =>
    seeding(ctx, (inner) => updatePriceList(inner, { id, ...more }))
  const after = async (done: Promise<unknown>): Promise<boolean> => {
    await done
    await follow()
    expect(await everything()).toEqual(await fromScratch())
    return isFound()
  }
  expect(await isFound()).toBe(true)
  const elsewhere = { customerGroupIds: tradeGroup, channelIds: [webUs.id] }
  expect(await after(change(tradeId, { audience: elsewhere }))).toBe(false)
  expect(await after(change(derivedId, { active: true }))).toBe(true)
  expect(await after(change(derivedId, { active: false }))).toBe(false)
  expect(await after(change(tradeId, { audience: { customerGroupIds: tradeGroup } }))).toBe(true)
  await seeding(ctx, (inner) => archivePriceList(inner, { id: derivedId }))
  expect(await after(seeding(ctx, (inner) => archivePriceList(inner, { id: tradeId })))).toBe(false)
})

describe('two workers', () => {
  const stopping = new AbortController()
  const failures: object[] = []
  const running: Promise<unknown>[] = []
  afterAll(async () => {
    stopping.abort()
    await Promise.all(running)
    expect(failures).toEqual([])
  })

  it('find what changes while they run, each change once', async () => {
    const feed = await startEventFeed(database)
    const options = {
      db,
      feed,
      clock: ctx.now,
      logger: { error: (facts: object) => failures.push(facts) },
      signal: stopping.signal,
    }
    running.push(startSearchProjection(options), startSearchProjection(options))
    await Promise.all(
      Array.from({ length: 12 }, (_, n) =>
        mutate('productUpdate', {
          id: productId(products[n % 3]!),
          name: { en: `Bench ${n}`, es: `Banco ${n}` },
        }),
      ),
    )
    await expect
      .poll(async () => (await lookFor(ctx, 'bench')).hits.length + (await searchStatus(db, ctx.now())).due, {
        timeout: 20_000,
      })
      .toBe(3)
    stopping.abort()
    await Promise.all(running)
    await feed.close()
    await follow()
    const followed = await everything()
    expect(followed).toEqual(await fromScratch())
  })
})
