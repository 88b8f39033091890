import { expect, it } from 'vitest'
import { byHour } from './by-hour.ts'

it('counts by the hours of the wall clock, of which a day may have one twice', () => {
  const counts = byHour(
    [
      { start: '2026-10-24T22:00:00Z', count: 3 },
      // Clocks in Madrid go back at 01:00 UTC: it is two o’clock twice.
      { start: '2026-10-25T00:00:00Z', count: 1 },
      { start: '2026-10-25T01:00:00Z', count: 2 },
    ],
    'Europe/Madrid',
  )
  expect(counts.slice(0, 4)).toEqual([3, 0, 3, 0])
  expect(counts).toHaveLength(24)
})
