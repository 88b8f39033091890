import { createTestChannels } from '@hilo/channels/testing'
import { command } from '@hilo/db'
import { testContext, testDatabase } from '@hilo/db/testing'
import type { Uuid } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { insertProducts } from '../insert-products.ts'
import { seeding } from '../testing/index.ts'
import { MAX_RELATED, setRelations } from './relation.ts'

const { db } = await testDatabase()
await createTestChannels(db)
const ctx = testContext(db)

const relate = (productId: Uuid, relatedIds: readonly Uuid[]) =>
  command(ctx, { operation: 'relate', input: null }, (inner) =>
    setRelations(inner, { productId, kind: 'SIMILAR', relatedIds, bothWays: true }),
  )

test('of several who take the last place among the related of a product at once, one gets it', async () => {
  const slugs = Array.from({ length: MAX_RELATED + 4 }, (_, nth) => `product-${nth}`)
  const made = await seeding(ctx, (inner) =>
    insertProducts(
      inner,
      slugs.map((slug) => ({ slug, name: { en: slug }, variants: [{ sku: slug }] })),
    ),
  )
  const [popular, ...others] = made.map(({ id }) => id)
  const last = others.slice(-4)
  expect((await relate(popular!, others.slice(0, MAX_RELATED - 1))).ok).toBe(true)
  // Connections are open then: who has to open one first comes too late for the race.
  await Promise.all(last.map((id) => relate(id, [])))
  const answers = await Promise.all(last.map((id) => relate(id, [popular!])))
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error.code]))
  expect(refused).toEqual(['RELATIONS_FULL', 'RELATIONS_FULL', 'RELATIONS_FULL'])
  const there = await db
    .selectFrom('product_relation')
    .where('product_id', '=', popular!)
    .selectAll()
    .execute()
  expect(there).toHaveLength(MAX_RELATED)
})
