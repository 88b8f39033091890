import { describe, expect, it } from 'vitest'
import { tally } from './tally.ts'

const order = (placedAt: string, amountMinor: number, more: object = {}) => ({
  status: 'PLACED',
  test: false,
  placedAt,
  total: { amountMinor, currency: 'EUR' },
  ...more,
})

describe('tally', () => {
  it('counts every order, but only what was really sold as revenue', () => {
    const day = tally(
      [
        order('2026-11-21T08:10:00Z', 1000),
        order('2026-11-21T08:50:00Z', 250),
        order('2026-11-21T09:00:00Z', 9900, { status: 'CANCELLED' }),
        order('2026-11-21T09:01:00Z', 9900, { test: true }),
        order('2026-11-21T22:30:00Z', 500, { total: { amountMinor: 500, currency: 'JPY' } }),
      ],
      'Europe/Madrid',
    )
    expect(day.count).toBe(5)
    expect(day.revenue).toEqual([
      { currency: 'EUR', amountMinor: 1250 },
      { currency: 'JPY', amountMinor: 500 },
    ])
    expect(day.byHour[9]).toBe(2)
    expect(day.byHour[10]).toBe(2)
    expect(day.byHour[23]).toBe(1)
  })

  it('is empty before the first order', () => {
    expect(tally([], 'UTC')).toEqual({ count: 0, revenue: [], byHour: Array.from({ length: 24 }, () => 0) })
  })
})
