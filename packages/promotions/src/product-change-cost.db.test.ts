import { createTestChannels } from '@hilo/channels/testing'
import { insertProducts, updateProduct } from '@hilo/catalog'
import { createTestCollection, createTestType, seeding } from '@hilo/catalog/testing'
import type { Context, FullExecutor } from '@hilo/db'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { money, unwrap, type Uuid } from '@hilo/kernel'
import { insertPrices, setPrice } from '@hilo/prices'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createTestPriceList } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

await createTestType(ctx, { code: 'tea', attributes: [{ code: 'grams', kind: 'NUMBER' }] })
for (let nth = 0; nth < 20; nth += 1)
  await createTestCollection(ctx, {
    slug: `rule-${nth}`,
    rule: { attribute: { code: 'grams', atLeast: nth * 10 } } as never,
  })
const priceListId = await createTestPriceList(ctx, { code: 'eur', currency: 'EUR' })

let made = 0
const grow = async (to: number): Promise<Uuid> => {
  const seeds = Array.from({ length: to - made }, (_, nth) => ({
    slug: `tea-${made + nth}`,
    name: { en: `Tea ${made + nth}` },
    productType: 'tea',
    channelIds: [webEu.id],
    attributes: [{ code: 'grams', number: 5 }] as never,
    variants: [{ sku: `TEA-${made + nth}` }],
  }))
  made = to
  const products = await seeding(ctx, async (inner) => {
    const inserted = await insertProducts(inner, seeds)
    const prices = inserted.map(({ variants }) => ({
      variantId: variants[0]!.id,
      list: 'eur',
      amountMinor: 900n,
    }))
    await insertPrices(inner, prices)
    return inserted
  })
  await sql`analyze`.execute(db)
  return products.at(-1)!.id
}

/** Rows that this transaction has read out of tables and indexes. */
const rowsRead = async (tx: FullExecutor): Promise<number> => {
  const { rows } = await sql<{ read: number }>`
    select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int as read from pg_stat_xact_user_tables`.execute(
    tx,
  )
  return rows[0]!.read
}

/** What it costs to change one product: its texts, what twenty rules ask of it, and its price. */
const costOf = async (id: Uuid) => {
  const { variantId } = await db
    .selectFrom('variant')
    .select('id as variantId')
    .where('product_id', '=', id)
    .executeTakeFirstOrThrow()
  const { result, statements } = await recordStatements(() =>
    db.transaction().execute(async (tx) => {
      const inner: Context = { ...ctx, db: tx }
      const before = await rowsRead(tx)
      unwrap(
        await updateProduct(inner, {
          id,
          name: { en: 'Changed' },
          attributes: [{ code: 'grams', number: 105 }] as never,
        }),
      )
      unwrap(await setPrice(inner, { variantId, priceListId, amount: money(800n, 'EUR') }))
      return (await rowsRead(tx)) - before
    }),
  )
  const { length: collections } = await db
    .selectFrom('collection_product')
    .select('collection_id')
    .where('product_id', '=', id)
    .execute()
  expect(collections).toBe(11)
  return { rows: result, statements: statements.length }
}

test('a change of one product reads as much among 100 products as among 3,000', async () => {
  // What a process reads once is no cost of a change.
  await costOf(await grow(50))
  const few = await costOf(await grow(100))
  const many = await costOf(await grow(3_000))
  expect(many.statements).toBe(few.statements)
  // Small tables are read whole; one look at every product would read 2,900 rows more.
  expect(many.rows).toBeLessThanOrEqual(few.rows * 2)
})
