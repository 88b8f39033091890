import { describe, expect, it } from 'vitest'
import { price } from '../price.ts'
import { context, lines, type LineSketch, promotion, snapshot } from '../testing/shop.ts'
import type { TieredEffect } from './tiered.ts'

const priced = (effect: Omit<TieredEffect, 'kind'>, ...sketches: LineSketch[]) =>
  price(
    { lines: lines(...sketches) },
    context(),
    snapshot([promotion('tiers', { effect: { kind: 'TIERED', ...effect } })]),
  )

describe('tiers', () => {
  const byQuantity = [
    { quantity: 3, ratePpm: 100_000 },
    { quantity: 6, ratePpm: 200_000 },
  ]
  const byAmount = [
    { amounts: { EUR: 5000 }, ratePpm: 50_000 },
    { amounts: { EUR: 10_000 }, ratePpm: 100_000 },
  ]

  it.each([
    [2, 0n],
    [3, 300n],
    [5, 500n],
    [6, 1200n],
  ])('reach the highest that %i units allow', (quantity, discount) => {
    expect(priced({ tiers: byQuantity, target: 'LINE' }, { price: 1000, quantity }).totals.discount).toBe(
      discount,
    )
  })

  it('count each variant by itself, or all together', () => {
    const cart: LineSketch[] = [
      { price: 1000, quantity: 3 },
      { price: 1000, quantity: 2 },
    ]
    expect(priced({ tiers: byQuantity, target: 'LINE' }, ...cart).totals.discount).toBe(300n)
    expect(priced({ tiers: byQuantity, target: 'ORDER' }, ...cart).totals.discount).toBe(500n)
  })

  it('go by amounts', () => {
    const off = (amount: number) =>
      priced({ tiers: byAmount, target: 'ORDER' }, { price: amount }).totals.discount
    expect([4999, 5000, 9999, 10_000].map(off)).toEqual([0n, 250n, 500n, 1000n])
  })

  it('say what is missing for the first', () => {
    expect(priced({ tiers: byAmount, target: 'ORDER' }, { price: 4000 }).trace[0]).toMatchObject({
      code: 'MIN_SUBTOTAL',
      facts: { missing: { amountMinor: 1000, currency: 'EUR' } },
    })
    expect(
      priced({ tiers: byQuantity, target: 'LINE' }, { price: 9, quantity: 2 }, { price: 9 }).trace[0],
    ).toMatchObject({
      code: 'MIN_QUANTITY',
      facts: { have: 2, need: 3, missing: 1 },
    })
  })
})
