import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { lockCategory } from '../category-tree.ts'
import { updateCollection } from '../collections/save-collection.ts'
import { insertCategories } from '../insert-products.ts'
import { createTestCollection, createTestProduct, seeding } from '../testing/index.ts'
import { setTranslations } from './set-translations.ts'
import type { Translation } from './translation.ts'

const { db } = await testDatabase()
const ctx = testContext(db, { channel: (await createTestChannels(db)).webEu })

const someoneWaitsFor = async (table: string): Promise<boolean> => {
  const { rows } = await sql`
    select from pg_locks where relation = ${table}::regclass and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(db)
  return rows.length > 0
}

const text = { field: 'NAME', part: '', text: 'Té', ifVersion: null, index: 0 } as const

const translate = (things: readonly Pick<Translation, 'kind' | 'id'>[]) => {
  const translations = things.map((thing) => ({ ...thing, ...text }))
  const run = db
    .transaction()
    .execute((tx) => setTranslations({ ...ctx, db: tx }, { locale: 'es', translations }))
  run.catch(() => undefined)
  return run
}

test('who translates a category waits for a turn of the tree before holding it, instead of in a circle', async () => {
  const ids = await seeding(ctx, (inner) => insertCategories(inner, [{ slug: 'tea', name: { en: 'Tea' } }]))
  const id = ids.get('tea')!
  let translating: ReturnType<typeof translate> | undefined
  await db.transaction().execute(async (tx) => {
    await sql`lock table category in share row exclusive mode`.execute(tx)
    translating = translate([{ kind: 'category', id }])
    while (!(await someoneWaitsFor('category')));
    expect((await lockCategory({ ...ctx, db: tx }, { id })).ok).toBe(true)
  })
  expect(await translating).toEqual({ ok: true, value: { count: 1 } })
})

test('who translates a product and a collection waits for a change of a rule before holding the collection', async () => {
  const { productId } = await createTestProduct(ctx, { sku: 'pot' })
  const id = await createTestCollection(ctx, { slug: 'pots' })
  let translating: ReturnType<typeof translate> | undefined
  await db.transaction().execute(async (tx) => {
    await sql`lock table collection_product in share row exclusive mode`.execute(tx)
    translating = translate([
      { kind: 'product', id: productId },
      { kind: 'collection', id },
    ])
    while (!(await someoneWaitsFor('collection_product')));
    expect((await updateCollection({ ...ctx, db: tx }, { id, name: { en: 'Pots' } })).ok).toBe(true)
  })
  expect(await translating).toEqual({ ok: true, value: { count: 2 } })
})
