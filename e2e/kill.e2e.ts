import { expect, test } from '@playwright/test'
import { temporaryDataDir } from './hilo-process.ts'
import { proveKill } from './kill-under-load.ts'

test('kill -9 of the whole program under load loses nothing acknowledged and doubles nothing', async () => {
  const dir = await temporaryDataDir()
  const { purchases, placed } = await proveKill({ dataDir: dir.path, cycles: 2, log: () => undefined })
  expect(purchases).toBeGreaterThan(0)
  expect(placed).toBeGreaterThan(0)
  await dir.remove()
})
