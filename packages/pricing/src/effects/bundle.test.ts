import { describe, expect, it } from 'vitest'
import { price } from '../price.ts'
import { context, lines, type LineSketch, promotion, snapshot } from '../testing/shop.ts'

const machineAndBeans = promotion('bundle', {
  effect: {
    kind: 'BUNDLE',
    parts: [
      { quantity: 1, items: { sku: ['A'] } },
      { quantity: 2, items: { category: ['beans'] } },
    ],
    amounts: { EUR: 9000 },
  },
})

const discounts = (...sketches: LineSketch[]) =>
  price({ lines: lines(...sketches) }, context(), snapshot([machineAndBeans])).lines.map(
    ({ discount }) => discount,
  )

describe('a bundle', () => {
  const beans = (amount: number, quantity = 1): LineSketch => ({
    price: amount,
    quantity,
    categorySlugs: ['beans'],
  })

  it('costs one price, and the difference is split by what its units cost', () => {
    expect(discounts({ price: 8000 }, beans(1000, 2))).toEqual([800n, 200n])
  })

  it('counts as often as the cart holds it, the dearest units first', () => {
    expect(discounts({ price: 8000, quantity: 2 }, beans(1000, 3), beans(500))).toEqual([1231n, 231n, 38n])
    expect(discounts({ price: 8000 }, beans(500, 2), beans(1000, 2))).toEqual([800n, 0n, 200n])
  })

  it('leaves units beyond it at their price', () => {
    expect(discounts({ price: 8000 }, beans(1000), beans(1500, 2))).toEqual([1455n, 0n, 545n])
  })

  it('does nothing when a part is missing, or when it would cost more', () => {
    expect(discounts({ price: 8000 }, beans(1000))).toEqual([0n, 0n])
    expect(discounts({ price: 6000 }, beans(1000, 2))).toEqual([0n, 0n])
    const { trace } = price({ lines: lines({ price: 8000 }) }, context(), snapshot([machineAndBeans]))
    expect(trace[0]).toMatchObject({ code: 'MIN_QUANTITY', facts: { have: 1, need: 3, missing: 2 } })
  })
})
