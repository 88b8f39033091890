import { describe, expect, it } from 'vitest'
import type { CartInput, PricingMarket, PromotionInput } from './cart.ts'
import type { Condition } from './conditions.ts'
import { price } from './price.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const INCLUSIVE = { pricesIncludeTax: true }

const percentOff = (
  ratePpm: number,
  target: 'ITEM' | 'LINE' | 'ORDER',
  conditions: Condition[] = [],
  id = 'p',
) => promotion(id, { conditions, effect: { kind: 'PERCENT', ratePpm, target } })

const amountOff = (amount: number, target: 'ITEM' | 'LINE' | 'ORDER') =>
  promotion('p', { effect: { kind: 'AMOUNT', amounts: { EUR: amount }, target } })

const fromSubtotal = (amount: number): Condition[] => [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: amount } }]

/** net/gross, as the cases were published. */
const netGross = (
  cart: CartInput,
  promotions: readonly PromotionInput[],
  market: Partial<PricingMarket> = {},
) => {
  const { totals } = price(cart, context(market), snapshot(promotions))
  return `${totals.net}/${totals.total}`
}

describe('a discount of the order', () => {
  it.each([
    ['half off, without tax included', 500_000, {}, 'STANDARD', '50/60'],
    ['half off, with tax included', 500_000, INCLUSIVE, 'STANDARD', '42/50'],
    ['half off, with a tax of zero included', 500_000, INCLUSIVE, 'ZERO', '50/50'],
  ])('%s', (_, rate, market, taxClass, expected) => {
    expect(netGross({ lines: lines({ price: 100, taxClass }) }, [percentOff(rate, 'ORDER')], market)).toBe(
      expected,
    )
  })

  it.each([
    [5000, 200_000, '4000/4800'],
    [5000, 105_000, '4475/5370'],
  ])('takes a share of %i', (amount, rate, expected) => {
    expect(netGross({ lines: lines({ price: amount }) }, [percentOff(rate, 'ORDER')])).toBe(expected)
  })

  it('takes a fixed amount, as prices are entered', () => {
    expect(netGross({ lines: lines({ price: 5000 }) }, [amountOff(1000, 'ORDER')])).toBe('4000/4800')
    expect(netGross({ lines: lines({ price: 6000 }) }, [amountOff(1000, 'ORDER')], INCLUSIVE)).toBe(
      '4167/5000',
    )
  })

  it('splits over lines of different tax rates by what they cost', () => {
    const cart = { lines: lines({ price: 500 }, { price: 500, taxClass: 'ZERO' }) }
    const priced = price(cart, context(INCLUSIVE), snapshot([amountOff(500, 'ORDER')]))
    expect(priced.totals.total).toBe(500n)
    expect(priced.lines.map(({ discount }) => discount)).toEqual([250n, 250n])
  })

  it('goes to the earlier of lines that tie for the last minor unit', () => {
    const cart = { lines: lines({ price: 1000 }, { price: 1000 }, { price: 1000 }) }
    const priced = price(cart, context(), snapshot([amountOff(299, 'ORDER')]))
    expect(priced.lines.map(({ discount }) => discount)).toEqual([100n, 100n, 99n])
  })

  it('leaves a line of price zero alone', () => {
    const cart = { lines: lines({ price: 100 }, { price: 0 }) }
    const priced = price(cart, context(), snapshot([percentOff(200_000, 'ORDER')]))
    expect(priced.totals.total).toBe(96n)
    expect(priced.lines[1]).toMatchObject({ discount: 0n, gross: 0n, allocations: [] })
  })

  it('never goes below zero', () => {
    const cart = { lines: lines({ price: 5000 }) }
    const all = percentOff(1_000_000, 'ORDER', [], 'p1')
    const fifth = percentOff(200_000, 'ORDER', [], 'p2')
    for (const pair of [
      [all, fifth],
      [fifth, all],
    ]) {
      expect(netGross(cart, pair)).toBe('0/0')
    }
    const { trace } = price(cart, context(), snapshot([all, fifth]))
    expect(trace.map(({ code }) => code)).toEqual(['APPLIED', 'NOTHING_TO_DISCOUNT'])
  })

  it('larger than the items leaves delivery untouched', () => {
    const cart = { lines: lines({ price: 100 }), delivery: { amountMinor: 500n, taxClass: 'ZERO' } }
    const priced = price(cart, context(), snapshot([amountOff(1000, 'ORDER')]))
    expect(priced.totals).toMatchObject({ subtotal: 100n, discount: 100n, delivery: 500n, total: 500n })
  })

  it('is free from a subtotal on', () => {
    const free = [percentOff(1_000_000, 'ORDER', fromSubtotal(10_000))]
    expect(netGross({ lines: lines({ price: 5000 }) }, free)).toBe('5000/6000')
    expect(netGross({ lines: lines({ price: 5000, quantity: 2 }) }, free)).toBe('0/0')
  })

  it.each([
    [3, '897/897'],
    [4, '957/957'],
  ])('takes 20 % of %i × 2.99 from 10.00 on', (quantity, expected) => {
    const cart = { lines: lines({ price: 299, quantity, taxClass: 'ZERO' }) }
    expect(netGross(cart, [percentOff(200_000, 'ORDER', fromSubtotal(1000))])).toBe(expected)
  })

  it('rounds once, half away from zero', () => {
    const cart = { lines: lines({ price: 1999, quantity: 2, taxClass: 'ZERO' }) }
    expect(netGross(cart, [percentOff(100_000, 'ORDER')])).toBe('3598/3598')
  })

  it('has no fraction in a currency without decimals', () => {
    const off = promotion('p', { effect: { kind: 'PERCENT', ratePpm: 250_000, target: 'ORDER' } })
    const cart = { lines: lines({ price: 190, quantity: 2, taxClass: 'ZERO' }) }
    expect(price(cart, context({ currency: 'JPY' }), snapshot([off])).totals.total).toBe(285n)
  })
})

describe('conditions are tested again after each promotion', () => {
  const half = percentOff(500_000, 'ORDER', [{ kind: 'MIN_QUANTITY', quantity: 3 }], 'p1')
  const tenth = percentOff(100_000, 'ORDER', fromSubtotal(1000), 'p2')

  it.each([
    [2, 500, '900/1080', ['MIN_QUANTITY', 'APPLIED']],
    [3, 500, '750/900', ['APPLIED', 'MIN_SUBTOTAL']],
    [2, 800, '1440/1728', ['MIN_QUANTITY', 'APPLIED']],
  ])('%i × %i', (quantity, amount, expected, codes) => {
    const cart = { lines: lines({ price: amount, quantity }) }
    expect(netGross(cart, [tenth, half])).toBe(expected)
    expect(price(cart, context(), snapshot([tenth, half])).trace.map(({ code }) => code)).toEqual(codes)
  })

  it('says what was there and what was needed', () => {
    const { trace } = price({ lines: lines({ price: 500, quantity: 3 }) }, context(), snapshot([half, tenth]))
    expect(trace[1]?.facts).toEqual({
      have: { amountMinor: 750, currency: 'EUR' },
      need: { amountMinor: 1000, currency: 'EUR' },
      missing: { amountMinor: 250, currency: 'EUR' },
    })
  })
})

describe('a discount of lines', () => {
  const four = lines(...[106, 206, 306, 406].map((amount) => ({ price: amount, taxClass: 'ZERO' })))

  it('rounds each line, where a discount of the order rounds once', () => {
    const each = price({ lines: four }, context(), snapshot([percentOff(100_000, 'LINE')]))
    expect(each.lines.map(({ discount }) => discount)).toEqual([11n, 21n, 31n, 41n])
    const once = price({ lines: four }, context(), snapshot([percentOff(100_000, 'ORDER')]))
    expect(once.totals.discount).toBe(102n)
  })

  it('takes a fixed amount off each, at most what it costs', () => {
    const priced = price(
      { lines: lines({ price: 150 }, { price: 30 }) },
      context(),
      snapshot([amountOff(50, 'LINE')]),
    )
    expect(priced.lines.map(({ discount }) => discount)).toEqual([50n, 30n])
  })

  it.each([
    ['a fixed amount', { kind: 'AMOUNT', amounts: { EUR: 3000 }, target: 'ORDER' }, [750n, 2250n], 'p1'],
    ['a share', { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' }, [500n, 1500n], 'p1'],
  ] as const)('spreads %s across items in proportion', (_, effect, expected, id) => {
    const cart = { lines: lines({ price: 5000 }, { price: 15_000 }) }
    const first = promotion(id, { effect })
    const { applications } = price(cart, context(), snapshot([first]))
    expect(applications[0]?.allocations.map(({ amount }) => amount)).toEqual(expected)
  })

  it('takes a second share of what the first left', () => {
    const cart = { lines: lines({ price: 5000 }, { price: 15_000 }) }
    const twice = [percentOff(100_000, 'ORDER', [], 'p1'), percentOff(100_000, 'ORDER', [], 'p2')]
    const { applications } = price(cart, context(), snapshot(twice))
    expect(applications[1]?.allocations.map(({ amount }) => amount)).toEqual([450n, 1350n])
  })
})

describe('discounts of different classes', () => {
  it.each([
    ['items', {}, ['ITEM'], '140292/168350'],
    ['items and then the order', {}, ['ITEM', 'ORDER'], '126263/151516'],
    ['items, with tax included', INCLUSIVE, ['ITEM'], '116910/140292'],
  ] as const)('10 %% of %s', (_, market, targets, expected) => {
    const promotions = targets.map((target) => percentOff(100_000, target, [], `p-${target}`))
    expect(netGross({ lines: lines({ price: 155_880 }) }, promotions, market)).toBe(expected)
  })

  it('half off some items, then 15 % off the order', () => {
    const onSale = promotion('sale', {
      items: { sku: ['A'] },
      effect: { kind: 'PERCENT', ratePpm: 500_000, target: 'ITEM' },
    })
    const cart = { lines: lines({ price: 1000, quantity: 2 }, { price: 5000 }) }
    expect(netGross(cart, [onSale])).toBe('6000/7200')
    expect(netGross(cart, [onSale, percentOff(150_000, 'ORDER', [], 'q')])).toBe('5100/6120')
  })

  it.each([
    [2, 900n],
    [3, 1350n],
  ])('50 off each of %i matching units', (quantity, expected) => {
    const priced = price(
      { lines: lines({ price: 500, quantity }) },
      context(),
      snapshot([amountOff(50, 'ITEM')]),
    )
    expect(priced.totals.net).toBe(expected)
    expect(priced.lines[0]).toMatchObject({ unitList: 500n, unit: 450n, discount: 0n })
  })
})
