import { describe, expect, it } from 'vitest'
import type { Effect } from './effects.ts'
import { price } from './price.ts'
import { shelfPrice } from './shelf-price.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const INCLUSIVE = { pricesIncludeTax: true }
const share = (ratePpm: number): Effect => ({ kind: 'PERCENT', ratePpm, target: 'ITEM' })
const amount = (minor: number): Effect => ({ kind: 'AMOUNT', amounts: { EUR: minor }, target: 'ITEM' })

describe('a promotion of units', () => {
  it.each([
    {
      list: 1999,
      off: share(130_000),
      reduced: 260n,
      voucher: share(130_000),
      discounts: [226n, 452n],
      each: 1513n,
    },
    {
      list: 3000,
      off: amount(1000),
      reduced: 1000n,
      voucher: amount(500),
      discounts: [500n, 500n],
      each: 1750n,
    },
  ])('comes before a voucher of the order: $list', ({ list, off, reduced, voucher, discounts, each }) => {
    const promotions = [
      promotion('catalogue', { effect: off }),
      promotion('voucher', { effect: { ...voucher, target: 'ORDER' } as Effect }),
    ]
    for (const [index, discount] of discounts.entries()) {
      const cart = { lines: lines({ price: list, quantity: index + 1 }) }
      const { lines: priced, totals } = price(cart, context(INCLUSIVE), snapshot(promotions))
      expect(priced[0]!.unitList - priced[0]!.unit).toBe(reduced)
      expect(totals.discount).toBe(discount)
      if (index === 1) expect(totals.total / 2n).toBe(each)
    }
  })

  it.each([
    ['5.50 against 20 %', 3000, amount(550), share(200_000), 600n],
    ['11 % against 13 %', 3000, share(110_000), share(130_000), 390n],
  ])('is the best of its group: %s', (_, list, first, second, reduced) => {
    const group = [first, second].map((effect, index) =>
      promotion(`p${index}`, { exclusivityGroup: 'best', effect }),
    )
    const { lines: priced, trace } = price({ lines: lines({ price: list }) }, context(), snapshot(group))
    expect(priced[0]!.unitList - priced[0]!.unit).toBe(reduced)
    expect(trace).toMatchObject([
      { code: 'LOST_TO', facts: { promotionId: 'p1' } },
      { code: 'APPLIED', facts: {} },
    ])
  })

  it('never makes a unit cost less than nothing', () => {
    const { lines: priced } = price(
      { lines: lines({ price: 500 }) },
      context(),
      snapshot([promotion('p', { effect: amount(1000) })]),
    )
    expect(priced[0]).toMatchObject({ unit: 0n, gross: 0n })
  })

  it('rounds the unit price, half away from zero', () => {
    const quarter = promotion('p', { effect: share(250_000) })
    const { lines: priced } = price(
      { lines: lines({ price: 190, quantity: 3 }) },
      context({ currency: 'JPY' }),
      snapshot([quarter]),
    )
    expect(priced[0]).toMatchObject({ unit: 143n, subtotal: 429n })
  })

  it('is capped per unit', () => {
    const half = promotion('p', { effect: share(500_000), cap: { amountMinor: 300, currency: 'EUR' } })
    const cart = { lines: lines({ price: 1000, quantity: 2 }, { price: 400 }) }
    expect(price(cart, context(), snapshot([half])).lines.map(({ unit }) => unit)).toEqual([700n, 200n])
  })

  it('judges each item by itself within a group, so that the shelf and the cart agree', () => {
    const promotions = [
      promotion('amount', { exclusivityGroup: 'best', effect: amount(550) }),
      promotion('share', { exclusivityGroup: 'best', effect: share(200_000) }),
    ]
    const cart = { lines: lines({ price: 1000 }, { price: 5000 }) }
    const priced = price(cart, context(), snapshot(promotions))
    expect(priced.lines.map(({ unit }) => unit)).toEqual([450n, 4000n])
    expect(priced.trace.map(({ code }) => code)).toEqual(['APPLIED', 'APPLIED'])
    const shelf = cart.lines.map((line) => shelfPrice(line, context(), snapshot(promotions))?.line.unit)
    expect(shelf).toEqual([450n, 4000n])
  })
})

describe('shelfPrice', () => {
  const coffee = promotion('coffee', {
    channels: { kinds: ['DEVICE'] },
    items: { category: ['coffee'] },
    effect: share(100_000),
  })
  const rows = [{ id: 'row', amountMinor: 1250n, currency: 'EUR', minQuantity: 1, rank: 0 }]
  const shop = snapshot([coffee], { prices: { beans: rows } })
  const beans = {
    variantId: 'beans',
    productId: 'p',
    sku: 'BEANS',
    categorySlugs: ['coffee', 'food'],
    taxClass: 'REDUCED',
  }

  it('is what the unit costs in this channel', () => {
    const device = context(INCLUSIVE, { channel: { id: 'c', code: 'machine', kind: 'DEVICE' } })
    expect(shelfPrice(beans, device, shop)?.line).toMatchObject({
      priceId: 'row',
      unitList: 1250n,
      unit: 1125n,
    })
    expect(shelfPrice(beans, context(INCLUSIVE), shop)?.line).toMatchObject({ unitList: 1250n, unit: 1250n })
    expect(shelfPrice({ ...beans, quantity: 3 }, device, shop)?.line.gross).toBe(3375n)
  })

  it('is undefined for what has no price here', () => {
    expect(shelfPrice({ ...beans, variantId: 'other' }, context(), shop)).toBeUndefined()
  })

  it('strikes through the price that a sale is compared with', () => {
    const sale = { ...rows[0]!, id: 'sale', amountMinor: 1000n, kind: 'SALE' as const }
    const onSale = snapshot([], { prices: { beans: [...rows, sale] } })
    expect(shelfPrice(beans, context(), onSale)?.line).toMatchObject({
      priceId: 'sale',
      unitList: 1250n,
      unit: 1000n,
    })
  })
})
