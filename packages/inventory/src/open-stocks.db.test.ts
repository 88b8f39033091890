import { createTestProduct } from '@hilo/catalog/testing'
import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { expect, test } from 'vitest'
import { openStocks } from './index.ts'
import { createTestLocation, ledgerSums, stockLevels } from './testing/index.ts'

const { db } = await testDatabase()

test('the first counts of many variants are one statement, and stand in the ledger', async () => {
  const { webEu } = await createTestChannels(db)
  const ctx = testContext(db, { channel: webEu })
  const skus = Array.from({ length: 100 }, (_, index) => `bulk-${index}`)
  const { variantIds } = await createTestProduct(ctx, { sku: skus[0]!, moreSkus: skus.slice(1) })
  const locationId = await createTestLocation(db, { channelIds: [webEu.id] })
  const stocks = variantIds.map((variantId, index) => ({ locationId, variantId, onHand: index, safety: 1 }))
  const { result, statements } = await recordStatements(() => openStocks(db, stocks, ctx.now()))
  expect(result).toBe(100)
  expect(statements).toHaveLength(1)
  expect(await stockLevels(db, variantIds[99]!)).toEqual([{ locationId, onHand: 99, reserved: 0 }])
  expect(await ledgerSums(db, variantIds[99]!)).toEqual({ onHand: 99, reserved: 0 })
})
