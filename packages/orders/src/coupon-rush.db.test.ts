import { testDatabase } from '@hilo/db/testing'
import { expect, it } from 'vitest'
import { couponCrowd, isExact } from './testing/prove-coupons.ts'

const { db } = await testDatabase()

it('uses a coupon and spends a budget exactly, and gives both back once when every order is cancelled twice at once', async () => {
  const rush = { orders: 60, limit: 8 }
  const repeat = await couponCrowd(db, rush)
  for (const result of [await repeat(), await repeat()]) {
    expect(result).toSatisfy(() => isExact(result, rush), JSON.stringify(result))
  }
})
