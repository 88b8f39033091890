import { describe, expect, it } from 'vitest'
import { price } from '../price.ts'
import { context, lines, promotion, snapshot } from '../testing/shop.ts'

describe('a fixed price of units', () => {
  const fixed = promotion('p', { effect: { kind: 'FIXED_PRICE', amounts: { EUR: 800 }, target: 'ITEM' } })

  it('holds where it is lower', () => {
    const priced = price(
      { lines: lines({ price: 1000, quantity: 2 }, { price: 700 }) },
      context(),
      snapshot([fixed]),
    )
    expect(priced.lines.map(({ unit }) => unit)).toEqual([800n, 700n])
    expect(priced.applications[0]).toMatchObject({ class: 'CATALOG', amount: 400n })
  })
})
