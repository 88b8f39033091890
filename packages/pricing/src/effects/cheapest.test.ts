import { describe, expect, it } from 'vitest'
import { price } from '../price.ts'
import { context, lines, type LineSketch, promotion, snapshot } from '../testing/shop.ts'
import type { CheapestEffect } from './cheapest.ts'

const priced = (effect: Omit<CheapestEffect, 'kind'>, ...sketches: LineSketch[]) => {
  const offer = promotion('offer', { effect: { kind: 'CHEAPEST', ...effect } })
  return price({ lines: lines(...sketches) }, context(), snapshot([offer]))
}

describe('the cheapest', () => {
  it('is reduced by a share', () => {
    const { lines: result } = priced({ ratePpm: 150_000 }, { price: 1999 }, { price: 10_999 })
    expect(result.map(({ discount }) => discount)).toEqual([300n, 0n])
  })

  it('is one unit of a line of several', () => {
    const { lines: result } = priced({ ratePpm: 1_000_000 }, { price: 500, quantity: 3 }, { price: 700 })
    expect(result.map(({ discount }) => discount)).toEqual([500n, 0n])
  })

  it('of every three is free', () => {
    const three = { ratePpm: 1_000_000, every: 3 }
    expect(priced(three, { price: 500, quantity: 7 }).totals.discount).toBe(1000n)
    expect(priced(three, { price: 500, quantity: 2 }, { price: 90, quantity: 4 }).totals.discount).toBe(180n)
    expect(priced(three, { price: 500, quantity: 2 }).trace[0]).toMatchObject({
      code: 'MIN_QUANTITY',
      facts: { have: 2, need: 3, missing: 1 },
    })
  })
})
