import { describe, expect, it } from 'vitest'
import type { Condition } from './conditions.ts'
import type { Effect } from './effects.ts'
import { price } from './price.ts'
import { refundable } from './refundable.ts'
import { shelfPrice } from './shelf-price.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const KILO = { measure: { scale: 3 } }

const priced = (quantity: number, effect?: Effect, conditions: Condition[] = []) =>
  price(
    { lines: lines({ price: 1299, quantity, ...KILO }) },
    context(),
    snapshot(effect ? [promotion('p', { effect, conditions })] : []),
  )

describe('what is sold by measure', () => {
  it.each([
    [1000, 1299n],
    [250, 325n],
    [385, 500n],
    [1, 1n],
  ])('costs, for %i g at 12.99 €/kg, the price of the weight rounded once', (quantity, subtotal) => {
    expect(priced(quantity).lines[0]).toMatchObject({ quantity, unit: 1299n, subtotal })
  })

  it('on two lines costs what it costs on one', () => {
    const two = lines(
      { price: 1299, quantity: 125, variantId: 'a', ...KILO },
      { price: 1299, quantity: 125, ...KILO },
    )
    const both = two.map((line) => ({ ...line, variantId: 'a', unitPrice: two[0]!.unitPrice }))
    const { lines: parts } = price({ lines: both }, context(), snapshot())
    expect(parts.map(({ subtotal }) => subtotal)).toEqual([163n, 162n])
  })

  it('has its promotions per whole measure, whole measures counting as units', () => {
    expect(priced(1500, { kind: 'AMOUNT', amounts: { EUR: 200 }, target: 'ITEM' }).lines[0]).toMatchObject({
      unit: 1099n,
      subtotal: 1649n,
    })
    const third: Effect = { kind: 'CHEAPEST', ratePpm: 1_000_000, every: 3 }
    expect(priced(3500, third).totals).toMatchObject({ subtotal: 4547n, discount: 1299n })
    expect(priced(2999, third).trace[0]).toMatchObject({ code: 'MIN_QUANTITY', facts: { have: 2, need: 3 } })
    const from2: Condition[] = [{ kind: 'MIN_QUANTITY', quantity: 2 }]
    expect(priced(1999, { kind: 'FREE_DELIVERY' }, from2).trace[0]?.code).toBe('NO_DELIVERY')
    expect(
      priced(1999, { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' }, from2).trace[0],
    ).toMatchObject({
      code: 'MIN_QUANTITY',
      facts: { have: 1 },
    })
  })

  it('has its tax on the line, whatever the market says of units', () => {
    const { totals } = price(
      { lines: lines({ price: 1299, quantity: 385, ...KILO }) },
      context({ taxPer: 'UNIT' }),
      snapshot(),
    )
    expect(totals).toMatchObject({ net: 500n, tax: 100n })
  })

  it('is on the shelf at the price of one', () => {
    const [line] = lines({ price: 1299, ...KILO })
    const { quantity: _, ...variant } = line!
    expect(shelfPrice(variant, context(), snapshot())?.line).toMatchObject({ unit: 1299n, subtotal: 1299n })
  })

  it('is paid back by weight', () => {
    const [line] = priced(385).lines
    expect([refundable(line!, 100), refundable(line!, 285, 100)].map(({ net }) => net)).toEqual([130n, 370n])
    expect(() => refundable(line!, 386)).toThrow(RangeError)
  })
})
