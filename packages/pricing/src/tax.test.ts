import { describe, expect, it } from 'vitest'
import { price } from './price.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const totalsOf = (cart: Parameters<typeof price>[0], market = {}, taxRates?: Record<string, number>) =>
  price(cart, context(market), snapshot([], { taxRates })).totals

describe('tax', () => {
  it('is added to prices without it, and taken out of prices with it', () => {
    const cart = { lines: lines({ price: 100, quantity: 2 }) }
    expect(totalsOf(cart)).toMatchObject({ net: 200n, tax: 40n, total: 240n })
    expect(totalsOf(cart, { pricesIncludeTax: true })).toMatchObject({ net: 167n, tax: 33n, total: 200n })
  })

  it('is summed by rate, the highest first', () => {
    const cart = {
      lines: lines({ price: 200, taxClass: 'ZERO' }, { price: 200, taxClass: 'REDUCED' }, { price: 200 }),
    }
    expect(price(cart, context(), snapshot()).taxes).toEqual([
      { ratePpm: 200_000, net: 200n, tax: 40n },
      { ratePpm: 100_000, net: 200n, tax: 20n },
      { ratePpm: 0, net: 200n, tax: 0n },
    ])
  })

  it('is rounded where the market says', () => {
    const cart = { lines: lines({ price: 31, quantity: 10 }, { price: 32 }, { price: 32 }) }
    expect(totalsOf({ lines: cart.lines.slice(0, 1) })).toMatchObject({ net: 310n, total: 372n })
    expect(totalsOf(cart, { taxPer: 'LINE' }).tax).toBe(62n + 6n + 6n)
    expect(totalsOf(cart, { taxPer: 'UNIT' }).tax).toBe(60n + 6n + 6n)
    expect(totalsOf(cart, { taxPer: 'ORDER' }).tax).toBe(75n)
  })

  it('of each unit is taken of its share of a discounted line', () => {
    const off = promotion('p', { effect: { kind: 'AMOUNT', amounts: { EUR: 5 }, target: 'ORDER' } })
    const cart = { lines: lines({ price: 31, quantity: 10 }) }
    const { totals } = price(cart, context({ taxPer: 'UNIT' }), snapshot([off]))
    expect(totals).toMatchObject({ net: 305n, tax: 5n * 6n + 5n * 6n })
  })

  it('of the order is split over its lines to the last unit', () => {
    const cart = { lines: lines({ price: 32 }, { price: 32 }, { price: 33 }) }
    const priced = price(cart, context({ taxPer: 'ORDER' }), snapshot())
    expect(priced.lines.map(({ tax }) => tax)).toEqual([6n, 6n, 7n])
    expect(priced.totals.tax).toBe(19n)
  })

  it.each([
    ['large amounts', 999_999_900, 2, 200_000, '1999999800/2399999760'],
    ['a rate of 2.6 %', 16_402, 1, 26_000, '16402/16828'],
  ])('is exact for %s', (_, amount, quantity, rate, expected) => {
    const totals = totalsOf({ lines: lines({ price: amount, quantity }) }, {}, { STANDARD: rate })
    expect(`${totals.net}/${totals.total}`).toBe(expected)
  })

  it('leaves untaxed delivery untaxed', () => {
    const cart = { lines: lines({ price: 2499 }), delivery: { amountMinor: 644n, taxClass: 'NONE' } }
    expect(totalsOf(cart, {}, { STANDARD: 107_500 })).toMatchObject({ tax: 269n, total: 3412n })
  })

  it('is taken of delivery by its class', () => {
    const cart = { lines: lines({ price: 5000 }), delivery: { amountMinor: 345n, taxClass: 'STANDARD' } }
    expect(totalsOf(cart)).toMatchObject({ net: 5345n, total: 6414n })
  })

  it('of a cart that costs nothing is nothing', () => {
    const all = promotion('p', { effect: { kind: 'PERCENT', ratePpm: 1_000_000, target: 'ORDER' } })
    for (const pricesIncludeTax of [true, false]) {
      const { totals } = price(
        { lines: lines({ price: 3333, quantity: 3 }) },
        context({ pricesIncludeTax }),
        snapshot([all]),
      )
      expect(totals).toMatchObject({ net: 0n, tax: 0n, total: 0n })
    }
  })
})
