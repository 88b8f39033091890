import { describe, expect, it } from 'vitest'
import { price } from '../price.ts'
import { context, lines, type LineSketch, promotion, snapshot } from '../testing/shop.ts'
import type { BuyXGetYEffect } from './buy-x-get-y.ts'

const discounts = (effect: Omit<BuyXGetYEffect, 'kind'>, ...sketches: LineSketch[]) => {
  const offer = promotion('offer', { effect: { kind: 'BUY_X_GET_Y', ...effect } })
  return price({ lines: lines(...sketches) }, context(), snapshot([offer])).lines.map(
    ({ discount }) => discount,
  )
}

describe('buy X get Y', () => {
  const oneForOne = {
    buy: { quantity: 1, items: { sku: ['A'] } },
    get: { quantity: 1, items: { sku: ['B'] } },
  }
  const twoForTwo = { buy: { quantity: 2 }, get: { quantity: 2 } }

  it('gives a B with each A', () => {
    expect(discounts(oneForOne, { price: 1000 }, { price: 1000 })).toEqual([0n, 1000n])
    expect(discounts(oneForOne, { price: 1000, quantity: 2 }, { price: 400, quantity: 5 })).toEqual([
      0n,
      800n,
    ])
    expect(
      discounts({ ...oneForOne, times: 1 }, { price: 1000, quantity: 2 }, { price: 400, quantity: 5 }),
    ).toEqual([0n, 400n])
  })

  it('gives two of the same with two', () => {
    expect(discounts(twoForTwo, { price: 250, quantity: 4 })).toEqual([500n])
    expect(discounts(twoForTwo, { price: 250, quantity: 7 })).toEqual([500n])
    expect(discounts(twoForTwo, { price: 250, quantity: 8 })).toEqual([1000n])
  })

  it('gives nothing when a unit is missing, and says how many', () => {
    const offer = promotion('offer', { effect: { kind: 'BUY_X_GET_Y', ...twoForTwo } })
    const priced = price({ lines: lines({ price: 250, quantity: 3 }) }, context(), snapshot([offer]))
    expect(priced.totals.discount).toBe(0n)
    expect(priced.trace[0]).toMatchObject({ code: 'MIN_QUANTITY', facts: { have: 3, need: 4, missing: 1 } })
  })

  it('gives the cheapest, and never counts a unit as both bought and got', () => {
    expect(
      discounts(
        { buy: { quantity: 2 }, get: { quantity: 1 } },
        { price: 900 },
        { price: 300 },
        { price: 600 },
      ),
    ).toEqual([0n, 300n, 0n])
  })

  it('keeps the units that can only be bought for buying', () => {
    const effect = { buy: { quantity: 1 }, get: { quantity: 1, items: { sku: ['B'] } } }
    expect(discounts(effect, { price: 100 }, { price: 500 })).toEqual([0n, 500n])
    expect(discounts(effect, { price: 100 }, { price: 500, quantity: 3 })).toEqual([0n, 1000n])
  })

  it('takes a share off', () => {
    expect(discounts({ ...twoForTwo, ratePpm: 500_000 }, { price: 333, quantity: 4 })).toEqual([333n])
  })
})
