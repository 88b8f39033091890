import { createTestChannels } from '@hilo/channels/testing'
import { updateMarket } from '@hilo/channels'
import { seeding } from '@hilo/catalog/testing'
import { testContext, testDatabase } from '@hilo/db/testing'
import { unwrap } from '@hilo/kernel'
import { expect, test } from 'vitest'
import { nextShelfBoundary } from './next-boundary.ts'
import { createTestPromotion } from './testing/index.ts'

const { db } = await testDatabase()
const { webEu } = await createTestChannels(db)
const ctx = testContext(db, { channel: webEu })

const next = async (after: string): Promise<string | undefined> => {
  const at = await nextShelfBoundary(db, new Date(after))
  return at === undefined ? undefined : new Date(at).toISOString()
}

test('The next boundary of the shelf is that of the weekly hours, by the clock of each market', async () => {
  // 2026-06-16 is a Tuesday.
  expect(await next('2026-06-16T00:00:00Z')).toBeUndefined()
  await createTestPromotion(ctx, { schedule: { weekly: [{ days: ['TUE'], from: '17:00', until: '19:00' }] } })
  expect(await next('2026-06-16T00:00:00Z')).toBe('2026-06-16T17:00:00.000Z')
  expect(await next('2026-06-16T18:00:00Z')).toBe('2026-06-16T19:00:00.000Z')
  await seeding(ctx, async (inner) =>
    unwrap(await updateMarket(inner, { id: webEu.market.id, timeZone: 'Europe/Madrid' })),
  )
  expect(await next('2026-06-16T00:00:00Z')).toBe('2026-06-16T15:00:00.000Z')
  const wrong = await updateMarket(ctx, { id: webEu.market.id, timeZone: 'Mars/Olympus' })
  expect(wrong).toMatchObject({ error: { code: 'TIME_ZONE_UNKNOWN', path: ['timeZone'] } })
})
