import { describe, expect, it } from 'vitest'
import type { CartInput, PricingMarket, PromotionInput } from './cart.ts'
import type { PromotionDefinition } from './definition.ts'
import type { Effect } from './effects.ts'
import { price } from './price.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const percent = (
  id: string,
  ratePpm: number,
  target: 'ITEM' | 'LINE' | 'ORDER' | 'DELIVERY',
  rest: Partial<PromotionDefinition> = {},
): PromotionInput => promotion(id, { effect: { kind: 'PERCENT', ratePpm, target }, ...rest })

const outcome = (
  promotions: readonly PromotionInput[],
  cart: CartInput,
  market: Partial<PricingMarket> = {},
) => {
  const priced = price(cart, context(market), snapshot(promotions))
  return {
    net: priced.totals.net,
    codes: Object.fromEntries(
      priced.trace.map(({ promotionId, code, facts }) => {
        const other = facts['promotionId'] ?? facts['with']
        return [promotionId, typeof other === 'string' ? `${code} ${other}` : code]
      }),
    ),
  }
}

const ONE: CartInput = { lines: lines({ price: 1000 }) }
const TWO: CartInput = { lines: lines({ price: 1000 }, { price: 1000 }) }

describe('the order of evaluation', () => {
  it('is class, priority, id', () => {
    const promotions = [
      percent('b', 1000, 'ORDER'),
      percent('a', 1000, 'ORDER', { priority: 1 }),
      percent('d', 1000, 'LINE'),
      percent('c', 1000, 'LINE'),
      percent('z', 1000, 'ITEM', { priority: 9 }),
    ]
    expect(price(ONE, context(), snapshot(promotions)).trace.map(({ promotionId }) => promotionId)).toEqual([
      'z',
      'c',
      'd',
      'b',
      'a',
    ])
  })
})

describe('combinesWith', () => {
  it('keeps a promotion off the items that another class reduced', () => {
    const promotions = [
      percent('sale', 500_000, 'ITEM', { items: { sku: ['A'] } }),
      percent('order', 100_000, 'ORDER', { combinesWith: ['LINE'] }),
    ]
    expect(outcome(promotions, TWO)).toEqual({
      net: 500n + 900n,
      codes: { sale: 'APPLIED', order: 'APPLIED' },
    })
    expect(outcome(promotions, ONE)).toEqual({
      net: 500n,
      codes: { sale: 'APPLIED', order: 'NOT_COMBINABLE sale' },
    })
  })

  it('needs the consent of both', () => {
    const promotions = [
      percent('alone', 100_000, 'LINE', { combinesWith: [] }),
      percent('open', 100_000, 'ORDER'),
      percent('later', 100_000, 'LINE', { priority: 1 }),
    ]
    expect(outcome(promotions, ONE)).toEqual({
      net: 900n,
      codes: { alone: 'APPLIED', later: 'NOT_COMBINABLE alone', open: 'NOT_COMBINABLE alone' },
    })
  })

  it('names the promotion that stands in the way, not one that would not', () => {
    const promotions = [
      percent('a', 100_000, 'ITEM'),
      percent('b', 100_000, 'LINE'),
      percent('c', 100_000, 'ORDER', { combinesWith: ['CATALOG'] }),
    ]
    expect(outcome(promotions, ONE).codes['c']).toBe('NOT_COMBINABLE b')
  })

  it('speaks for the whole cart where delivery is concerned', () => {
    const cart = { ...TWO, delivery: { amountMinor: 300n, taxClass: 'ZERO' } }
    const sale = percent('sale', 500_000, 'ITEM', { items: { sku: ['A'] } })
    const free = (combinesWith?: PromotionDefinition['combinesWith']) =>
      promotion('free', { effect: { kind: 'FREE_DELIVERY' }, combinesWith })
    expect(outcome([sale, free()], cart).net).toBe(1500n)
    expect(outcome([sale, free(['ORDER'])], cart)).toEqual({
      net: 1800n,
      codes: { sale: 'APPLIED', free: 'NOT_COMBINABLE sale' },
    })
  })
})

describe('an exclusivity group', () => {
  const group = { exclusivityGroup: 'summer' }

  it('gives the best of its members', () => {
    const promotions = [percent('a', 100_000, 'ORDER', group), percent('b', 200_000, 'ORDER', group)]
    expect(outcome(promotions, ONE)).toEqual({ net: 800n, codes: { a: 'LOST_TO b', b: 'APPLIED' } })
  })

  it('gives the earlier of two that are equal', () => {
    const promotions = [percent('b', 100_000, 'ORDER', group), percent('a', 100_000, 'ORDER', group)]
    expect(outcome(promotions, ONE).codes).toEqual({ a: 'APPLIED', b: 'LOST_TO a' })
  })

  it('says why a member could not compete', () => {
    const promotions = [
      percent('a', 100_000, 'ORDER', group),
      percent('b', 900_000, 'ORDER', { ...group, conditions: [{ kind: 'MIN_QUANTITY', quantity: 5 }] }),
    ]
    expect(outcome(promotions, ONE).codes).toEqual({ a: 'APPLIED', b: 'MIN_QUANTITY' })
  })

  it('is judged by the whole cart when its members are of several classes', () => {
    const promotions = [
      percent('shelf', 300_000, 'ITEM', { ...group, items: { sku: ['A'] } }),
      percent('order', 200_000, 'ORDER', group),
    ]
    expect(outcome(promotions, TWO)).toEqual({
      net: 1600n,
      codes: { shelf: 'LOST_TO order', order: 'APPLIED' },
    })
    expect(outcome(promotions, ONE)).toEqual({
      net: 700n,
      codes: { shelf: 'APPLIED', order: 'LOST_TO shelf' },
    })
  })

  it('falls back to a member that applies when the better class does not come about', () => {
    const promotions = [
      percent('shelf', 100_000, 'ITEM', group),
      percent('order', 500_000, 'ORDER', {
        ...group,
        conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 5000 } }],
      }),
    ]
    expect(outcome(promotions, ONE)).toEqual({
      net: 900n,
      codes: { shelf: 'APPLIED', order: 'MIN_SUBTOTAL' },
    })
  })
})

describe('a cap', () => {
  const cap = { amountMinor: 150, currency: 'EUR' }

  it('limits what a promotion takes off the cart, split as it was', () => {
    const half = percent('p', 500_000, 'ORDER', { cap })
    const priced = price({ lines: lines({ price: 1000 }, { price: 2000 }) }, context(), snapshot([half]))
    expect(priced.lines.map(({ discount }) => discount)).toEqual([50n, 100n])
  })

  it('holds in each currency that it is given in, and limits there by its own amount', () => {
    const half = percent('p', 500_000, 'ORDER', { caps: { EUR: 150, JPY: 400 } })
    const cart = { lines: lines({ price: 1000 }) }
    const off = (currency: string) =>
      price(cart, context({ currency }), snapshot([half])).lines.map(({ discount }) => discount)
    expect(off('EUR')).toEqual([150n])
    expect(off('JPY')).toEqual([400n])
  })

  it('limits what it takes off delivery', () => {
    const half = percent('p', 500_000, 'DELIVERY', { cap })
    expect(outcome([half], { ...ONE, delivery: { amountMinor: 1000n, taxClass: 'ZERO' } }).net).toBe(1850n)
  })
})

describe('in a market of the best deal', () => {
  const market = { stacking: 'BEST_DEAL' } as const

  it('an item is reduced once, by what is best', () => {
    const promotions = [
      percent('shelf', 100_000, 'ITEM'),
      percent('line', 200_000, 'LINE'),
      percent('order', 150_000, 'ORDER'),
    ]
    expect(outcome(promotions, ONE, market)).toEqual({
      net: 800n,
      codes: { shelf: 'LOST_TO line', line: 'APPLIED', order: 'LOST_TO line' },
    })
  })

  it('different items may be reduced by different promotions', () => {
    const promotions = [
      percent('shelf', 300_000, 'ITEM', { items: { sku: ['A'] } }),
      percent('line', 200_000, 'LINE', { items: { sku: ['B'] } }),
    ]
    expect(outcome(promotions, TWO, market)).toEqual({
      net: 1500n,
      codes: { shelf: 'APPLIED', line: 'APPLIED' },
    })
  })

  it('a discount of the order wins when it is worth more than all the others', () => {
    const seven: Effect = { kind: 'AMOUNT', amounts: { EUR: 700 }, target: 'ORDER' }
    const promotions = [
      percent('shelf', 300_000, 'ITEM', { items: { sku: ['A'] } }),
      promotion('order', { effect: seven, conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 2000 } }] }),
    ]
    expect(outcome(promotions, TWO, market)).toEqual({
      net: 1300n,
      codes: { shelf: 'LOST_TO order', order: 'APPLIED' },
    })
  })

  it('delivery is apart, and reduced once as well', () => {
    const delivery = { amountMinor: 400n, taxClass: 'ZERO' }
    const half: Effect = { kind: 'PERCENT', ratePpm: 500_000, target: 'DELIVERY' }
    const promotions = [
      percent('order', 200_000, 'ORDER'),
      promotion('half', { effect: half }),
      promotion('free', { effect: { kind: 'FREE_DELIVERY' } }),
    ]
    expect(outcome(promotions, { ...ONE, delivery }, market)).toEqual({
      net: 800n,
      codes: { order: 'APPLIED', half: 'LOST_TO free', free: 'APPLIED' },
    })
  })

  it('a group gives the best that comes about, whatever the classes of its members', () => {
    const delivery = { amountMinor: 400n, taxClass: 'ZERO' }
    const promotions = [
      percent('order', 100_000, 'ORDER', { exclusivityGroup: 'g' }),
      promotion('free', { effect: { kind: 'FREE_DELIVERY' }, exclusivityGroup: 'g' }),
    ]
    expect(outcome(promotions, { ...ONE, delivery }, market)).toEqual({
      net: 1000n,
      codes: { order: 'LOST_TO free', free: 'APPLIED' },
    })
    expect(outcome(promotions, ONE, market)).toEqual({
      net: 900n,
      codes: { order: 'APPLIED', free: 'LOST_TO order' },
    })
  })

  it('a group gives another of its members when the best finds some of its items taken', () => {
    const promotions = [
      percent('single', 900_000, 'LINE', { items: { sku: ['A'] } }),
      percent('most', 400_000, 'LINE', { exclusivityGroup: 'g' }),
      percent('other', 500_000, 'LINE', { items: { sku: ['B'] }, exclusivityGroup: 'g' }),
    ]
    expect(outcome(promotions, TWO, market)).toEqual({
      net: 600n,
      codes: { single: 'APPLIED', most: 'LOST_TO other', other: 'APPLIED' },
    })
  })

  it('of the points of a group the most are given', () => {
    const points = (id: string, count: number) =>
      promotion(id, { effect: { kind: 'POINTS', points: count }, exclusivityGroup: 'g' })
    expect(outcome([points('a', 10), points('b', 20)], ONE, market).codes).toEqual({
      a: 'LOST_TO b',
      b: 'APPLIED',
    })
  })
})
