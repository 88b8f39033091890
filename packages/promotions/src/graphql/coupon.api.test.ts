import { createTestChannels } from '@hilo/channels/testing'
import { recordStatements, testContext, testDatabase } from '@hilo/db/testing'
import { ask } from '@hilo/graphql/testing'
import { encodeId, newId } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { createTestPromotion } from '../testing/index.ts'
import './index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const staff = testContext(db, { channel: webEu })

interface Codes {
  readonly nodes: readonly { readonly code: string }[]
  readonly totalCount: number
}

test('Codes that people wrote, and those of batches, are listed and counted apart, in a statement for each', async () => {
  const promotionId = await createTestPromotion(staff, { couponCodes: ['HELLO', 'WELCOME'] })
  const batchId = newId()
  const created = { created_at: new Date() }
  await db
    .insertInto('coupon_batch')
    .values({
      id: batchId,
      promotion_id: promotionId,
      name: 'Leaflets',
      pattern: 'H#',
      alphabet: 'MIXED',
      count: 2,
      actor: 'test',
      ...created,
    })
    .execute()
  await db
    .insertInto('coupon')
    .values(
      ['HA', 'ZB'].map((code) => ({
        id: newId(),
        promotion_id: promotionId,
        batch_id: batchId,
        code,
        ...created,
      })),
    )
    .execute()
  const source = `query ($id: ID!) { promotion(id: $id) {
    all: coupons { nodes { code } totalCount }
    written: coupons(inBatch: false) { nodes { code } totalCount }
    made: coupons(inBatch: true, startsWith: "H") { nodes { code } totalCount }
  } }`
  const { result, statements } = await recordStatements(() =>
    ask<{ promotion: Record<string, Codes> }>(source, {
      ctx: staff,
      variables: { id: encodeId('promotion', promotionId) },
    }),
  )
  const found = Object.entries(result.data.promotion).map(([name, { nodes, totalCount }]) => [
    name,
    nodes.map(({ code }) => code),
    totalCount,
  ])
  expect(found).toEqual([
    ['all', ['HA', 'HELLO', 'WELCOME', 'ZB'], 4],
    ['written', ['HELLO', 'WELCOME'], 2],
    ['made', ['HA'], 1],
  ])
  expect(statements).toHaveLength(7)
})
