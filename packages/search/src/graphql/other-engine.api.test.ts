import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { GUEST } from '@hilo/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { useEngine } from '../engine-in-use.ts'
import { postgresSearch } from '../postgres/postgres-engine.ts'
import { indexAll, memorySearch, putOnShelves } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
await createTestProduct(ctx, { sku: 'LAMP', name: { en: 'Brass lamp' } })
await putOnShelves(ctx)

beforeAll(async () => {
  const engine = memorySearch()
  useEngine(() => engine)
  await indexAll(ctx)
})
afterAll(() => useEngine(postgresSearch))

test('another engine is what products are indexed in, looked for and completed from; Postgres holds none then', async () => {
  const { data } = await ask<object>(
    '{ productSearch(query: "lamps", first: 5) { totalCount nodes { slug } } searchSuggest(prefix: "bra") }',
    { ctx: { ...ctx, actor: GUEST } },
  )
  expect(data).toEqual({
    productSearch: { totalCount: 1, nodes: [{ slug: 'lamp' }] },
    searchSuggest: ['brass'],
  })
  expect(await db.selectFrom('search_document').selectAll().execute()).toEqual([])
})
