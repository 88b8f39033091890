import { expect, test } from '@playwright/test'
import { seededDataDir } from './seeded-shop.ts'
import { proveKill } from './kill-under-load.ts'

test('kill -9 of the whole program under load loses nothing acknowledged and doubles nothing', async () => {
  const dir = await seededDataDir()
  const { purchases, placed } = await proveKill({ dataDir: dir.path, cycles: 2, log: () => undefined })
  expect(purchases).toBeGreaterThan(0)
  expect(placed).toBeGreaterThan(0)
  await dir.remove()
})
