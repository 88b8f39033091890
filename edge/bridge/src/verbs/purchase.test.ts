import { expect, it } from 'vitest'
import { sentAt } from './purchase.ts'

const came = Date.UTC(2026, 5, 1, 12)

it.each([
  ['the time of the device', came - 3_600_000, came - 3_600_000],
  ['never later than it came', came + 3_600_000, came],
  ['the time it came when the clock of the device was never set', 1_000, came],
  ['the time it came when the device says none', undefined, came],
])('a purchase was sent at %s', (_what, ts, expected) => {
  expect(sentAt(ts, came)).toBe(new Date(expected).toISOString())
})
