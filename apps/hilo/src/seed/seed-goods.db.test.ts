import { testContext, testDatabase } from '@hilo/db/testing'
import { channelByCode } from '@hilo/channels'
import { availabilityIn } from '@hilo/inventory'
import { shelfPrices } from '@hilo/promotions'
import { expect, it } from 'vitest'
import { readDemo } from '../../demo/data.ts'
import { seedDemo } from './seed-demo.ts'

const { db } = await testDatabase()

it('the demo shop sells coffee by weight, a set, and a guide to download', async () => {
  await db.transaction().execute(async (transaction) => {
    await seedDemo(transaction, await readDemo(), { staff: 'a-long-password', customer: 'a-long-password' })
  })
  const channel = (await channelByCode(db, 'web-eu'))!
  const rows = await db
    .selectFrom('variant')
    .select(['id', 'sku'])
    .where('sku', 'in', ['COF-LOOSE', 'SET-MORNING', 'GUIDE-ESPRESSO'])
    .orderBy('sku')
    .execute()
  const variantIds = rows.map(({ id }) => id)
  const ctx = testContext(db, { channel })
  const shelves = await shelfPrices(
    ctx,
    variantIds.map((variantId) => ({ variantId })),
  )
  expect(shelves.every((shelf) => shelf && shelf.line.unit > 0n)).toBe(true)
  const available = await availabilityIn(db, { channelId: channel.id, variantIds })
  const of = (sku: string) =>
    available.find(({ variantId }) => variantId === rows.find((row) => row.sku === sku)!.id)
  expect(of('COF-LOOSE')).toMatchObject({ scale: 3, counted: true })
  expect(of('COF-LOOSE')!.quantity).toBeGreaterThan(5_000)
  expect(of('SET-MORNING')!.quantity).toBeGreaterThan(1)
  expect(of('GUIDE-ESPRESSO')).toMatchObject({ counted: false })
})
