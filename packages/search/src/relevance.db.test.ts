import { createTestProduct, seeding } from '@hilo/catalog/testing'
import { insertCategories } from '@hilo/catalog'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { describe, expect, it } from 'vitest'
import { createTestSynonym, indexAll, lookFor, putOnShelves } from './testing/index.ts'
import { CATEGORIES, EXPECTATIONS, type Expectation, PRODUCTS } from './testing/relevance-shop.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

await seeding(ctx, (inner) =>
  insertCategories(
    inner,
    Object.entries(CATEGORIES).map(([slug, name]) => ({ slug, name })),
  ),
)
const skus = new Map<string, string>()
for (const { sku, en, es, category, about } of PRODUCTS) {
  const { productId } = await createTestProduct(ctx, {
    sku,
    name: { en, es },
    category,
    ...(about && { description: about }),
  })
  skus.set(productId, sku)
}
await createTestSynonym(ctx, { locale: 'es', terms: ['lavaplatos', 'lavavajillas'] })
await createTestSynonym(ctx, { kind: 'ONE_WAY', terms: ['washer'], replacements: ['washing machine'] })
await putOnShelves(ctx)
await indexAll(ctx)

const found = async ({ text, locale }: Pick<Expectation, 'text' | 'locale'>): Promise<string[]> =>
  (await lookFor(ctx, text, { locale })).hits.map(({ productId }) => skus.get(productId)!)

describe('what people look for stands first', () => {
  for (const expectation of EXPECTATIONS) {
    const { locale, text, first, why } = expectation
    it(`${locale}: ${text} (${why})`, async () => {
      const hits = await found(expectation)
      if (first.length === 0) expect(hits).toEqual([])
      for (const [place, any] of first.entries()) expect(any, `of ${hits.join(' ')}`).toContain(hits[place])
    })
  }

  it('on the average at the first place (mean reciprocal rank of at least 0.95)', async () => {
    const asked = EXPECTATIONS.filter(({ first }) => first.length > 0)
    const ranks = await Promise.all(
      asked.map(async (expectation) => {
        const place = (await found(expectation)).findIndex((sku) => expectation.first[0]!.includes(sku))
        return place < 0 ? 0 : 1 / (place + 1)
      }),
    )
    expect(ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length).toBeGreaterThanOrEqual(0.95)
  })
})

it('tells what was probably meant, and nothing where nothing had to be corrected', async () => {
  expect(await lookFor(ctx, 'cofee grindr')).toMatchObject({ suggestion: 'coffee grinder' })
  expect(await lookFor(ctx, 'coffee')).not.toHaveProperty('suggestion')
})

it('finds by a synonym one way only', async () => {
  expect((await lookFor(ctx, 'washing machine')).hits.length).toBe(2)
  expect(await found({ text: 'lavavajillas', locale: 'es' })).toEqual(['LAV-200'])
})
