import { describe, expect, it } from 'vitest'
import { MAX_ON_HAND } from './errors.ts'
import {
  availableOf,
  changeBy,
  countTo,
  MAX_QUANTITY_TOLD,
  statusOf,
  sumDemand,
  toAvailabilities,
} from './stock.ts'

const level = { onHand: 10, reserved: 4, safety: 1 }

describe('stock', () => {
  it('sells what is neither promised nor kept back', () => {
    expect(availableOf(level)).toBe(5)
    expect(availableOf({ onHand: 2, reserved: 2, safety: 5 })).toBe(0)
  })

  it('is low at five pieces and out at none', () => {
    expect([-1, 0, 1, 5, 6].map((quantity) => statusOf({ quantity, scale: 0 }))).toEqual([
      'OUT_OF_STOCK',
      'OUT_OF_STOCK',
      'LOW_STOCK',
      'LOW_STOCK',
      'IN_STOCK',
    ])
  })

  it('is low at five whole measures of what is sold by measure', () => {
    expect([1, 5_000, 5_001].map((quantity) => statusOf({ quantity, scale: 3 }))).toEqual([
      'LOW_STOCK',
      'LOW_STOCK',
      'IN_STOCK',
    ])
  })

  it('of a bundle is as much as its scarcest component allows, and without end when none is counted', () => {
    const part = (takes: number, available: number, counted = true) => ({
      wantedId: 'set',
      scale: 0,
      takes,
      available,
      counted,
    })
    const of = (...parts: ReturnType<typeof part>[]) => toAvailabilities(parts)[0]
    expect(of(part(2, 9), part(1, 5), part(1, 0, false))).toMatchObject({ quantity: 4, counted: true })
    expect(of(part(1, 0, false))).toMatchObject({ quantity: MAX_QUANTITY_TOLD, counted: false })
  })

  it('counts lines of one variant together', () => {
    const lines = [
      { variantId: 'a', quantity: 2 },
      { variantId: 'b', quantity: 1 },
      { variantId: 'a', quantity: 3 },
    ]
    expect([...sumDemand(lines)]).toEqual([
      ['a', 5],
      ['b', 1],
    ])
  })

  it('turns a count into a change', () => {
    expect(countTo(level, 12, [])).toEqual({ ok: true, value: 2 })
    expect(countTo(level, 10, [])).toEqual({ ok: true, value: 0 })
    expect(changeBy(level, -6, [])).toEqual({ ok: true, value: -6 })
  })

  it.each([
    [countTo(level, -1, ['onHand']), 'STOCK_NEGATIVE'],
    [countTo(level, 3, ['onHand']), 'STOCK_BELOW_RESERVED'],
    [countTo(level, MAX_ON_HAND + 1, ['onHand']), 'STOCK_TOO_LARGE'],
    [changeBy(level, 0, ['delta']), 'STOCK_DELTA_ZERO'],
    [changeBy(level, -11, ['delta']), 'STOCK_NEGATIVE'],
    [changeBy(level, -7, ['delta']), 'STOCK_BELOW_RESERVED'],
    [changeBy(level, MAX_ON_HAND, ['delta']), 'STOCK_TOO_LARGE'],
  ])('refuses a change that cannot be, case %#', (result, code) => {
    expect(result).toMatchObject({ ok: false, error: { code } })
  })
})
