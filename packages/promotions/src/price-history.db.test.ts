import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })
const { variantId } = await createTestProduct(ctx, { sku: 'beans' })

test.each([
  ['changed', sql`update price_history set amount_minor = 1`],
  ['deleted', sql`delete from price_history`],
  ['emptied', sql`truncate price_history`],
])('What a shelf said is never %s, not even by the shop itself', async (_, statement) => {
  await db
    .insertInto('price_history')
    .values({
      variant_id: variantId,
      channel_id: webEu.id,
      currency: 'EUR',
      amount_minor: 100n,
      at: ctx.now(),
    })
    .execute()
  await expect(statement.execute(db)).rejects.toThrow('price_history is append-only')
})
