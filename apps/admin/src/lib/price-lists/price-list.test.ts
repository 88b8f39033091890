import { describe, expect, it } from 'vitest'
import { adjustmentText, derivedAmount, parseAdjustment } from './adjustment.ts'
import { parsePaste } from './paste.ts'

describe('a change in percent', () => {
  it.each([
    ['-10', -100_000],
    ['−10 %', -100_000],
    ['+5,5', 55_000],
    ['1000', 10_000_000],
    ['0', 0],
  ])('reads %s', (typed, ppm) => {
    expect(parseAdjustment(typed)).toBe(ppm)
  })

  it.each(['', 'ten', '-100.1', '1001', '1.23456'])('refuses %s', (typed) => {
    expect(parseAdjustment(typed)).toBeUndefined()
  })

  it('reads back what it shows', () => {
    expect(parseAdjustment(adjustmentText(-125_500, 'es'))).toBe(-125_500)
  })

  it('shows what a base price becomes', () => {
    const derivation = { adjustment: '-10', rounding: 'ENDS_95', direction: 'NEAREST' } as const
    expect(derivedAmount({ amountMinor: 2_000, currency: 'EUR' }, derivation)?.amountMinor).toBe(1_795)
  })
})

describe('pasted prices', () => {
  it('are read line by line, with what is wrong at each', () => {
    const lines = parsePaste('A\t1.50\n\nB;2;6\nC\tcheap\nD\nE\t1\t0', 'EUR')
    expect(
      lines.map(({ number, sku, minQuantity, amountMinor }) => [number, sku, minQuantity, amountMinor]),
    ).toEqual([
      [1, 'A', 1, 150],
      [3, 'B', 6, 200],
      [4, 'C', 1, undefined],
      [5, 'D', 1, undefined],
      [6, 'E', 0, undefined],
    ])
    expect(lines.map(({ problem }) => !!problem)).toEqual([false, false, true, true, true])
  })
})
