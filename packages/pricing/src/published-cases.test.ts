import { describe, expect, it } from 'vitest'
import { allocate } from '@hilo/kernel'
import type { PromotionDefinition } from './definition.ts'
import type { Effect } from './effects.ts'
import { price } from './price.ts'
import { context, lines, type LineSketch, promotion, snapshot } from './testing/shop.ts'

// Where platforms publish different results for the same words, each stands here with the definition that gives it.

const run = (sketches: LineSketch[], effects: (Effect | Partial<PromotionDefinition>)[], market = {}) =>
  price(
    { lines: lines(...sketches) },
    context(market),
    snapshot(
      effects.map((one, index) =>
        promotion(`p${index}`, ('kind' in one ? { effect: one } : one) as PromotionDefinition),
      ),
    ),
  )

const share = (ratePpm: number, target: 'ITEM' | 'LINE' | 'ORDER'): Effect => ({
  kind: 'PERCENT',
  ratePpm,
  target,
})
const amount = (minor: number, target: 'ITEM' | 'LINE' | 'ORDER' | 'ONCE'): Effect => ({
  kind: 'AMOUNT',
  amounts: { EUR: minor },
  target,
})

describe('a fixed amount', () => {
  const two: LineSketch[] = [{ price: 5000, quantity: 2 }, { price: 15_000 }]

  it.each([
    ['each: off every unit', amount(1000, 'ITEM'), [2000n, 1000n]],
    ['each: off every line', amount(1000, 'LINE'), [1000n, 1000n]],
    ['across: split by what items cost', amount(3000, 'ORDER'), [1200n, 1800n]],
    ['once: off one unit, the dearest', amount(1000, 'ONCE'), [0n, 1000n]],
    ['once: at most what a unit costs', amount(99_999, 'ONCE'), [0n, 15_000n]],
  ])('%s', (_, effect, off) => {
    expect(run(two, [effect]).lines.map(({ allocations }) => allocations[0]?.amount ?? 0n)).toEqual(off)
  })

  it('across two items of 50 and 150 is 7.50 and 22.50 of 30', () => {
    expect(
      run([{ price: 5000 }, { price: 15_000 }], [amount(3000, 'ORDER')]).lines.map((line) => line.discount),
    ).toEqual([750n, 2250n])
  })
})

describe('two shares of one price', () => {
  it.each<[string, PromotionDefinition['effect'][], bigint]>([
    ['compound when they stack', [share(100_000, 'ORDER'), share(100_000, 'ORDER')], 8100n],
    ['compound over classes, catalogue first', [share(100_000, 'ORDER'), share(500_000, 'ITEM')], 4500n],
  ])('%s', (_, effects, net) => {
    expect(run([{ price: 10_000 }], effects).totals.net).toBe(net)
  })

  it.each([
    ['only the better, in a market of best deals', { stacking: 'BEST_DEAL' as const }, [{}, {}]],
    ['only the better, in one group', {}, [{ exclusivityGroup: 'g' }, { exclusivityGroup: 'g' }]],
  ])('%s', (_, market, rest) => {
    const rates = [100_000, 200_000]
    const definitions = rates.map((rate, index) => ({ effect: share(rate, 'ORDER'), ...rest[index] }))
    expect(run([{ price: 10_000 }], definitions, market).totals.net).toBe(8000n)
  })

  it('only the first, when it says that it stands alone', () => {
    const first = { combinesWith: [], effect: share(100_000, 'ORDER') }
    const { totals, trace } = run([{ price: 10_000 }], [first, share(200_000, 'ORDER')])
    expect(totals.net).toBe(9000n)
    expect(trace[1]?.code).toBe('NOT_COMBINABLE')
  })
})

describe('the cheapest of several', () => {
  const shirts: LineSketch[] = [{ price: 1999 }, { price: 10_999 }]

  it.each<[string, Effect, bigint]>([
    ['15 % off one', { kind: 'CHEAPEST', ratePpm: 150_000 }, 300n],
    ['free, of every two', { kind: 'CHEAPEST', ratePpm: 1_000_000, every: 2 }, 1999n],
    ['as buy one, get one', { kind: 'BUY_X_GET_Y', buy: { quantity: 1 }, get: { quantity: 1 } }, 1999n],
  ])('%s', (_, effect, off) => {
    expect(run(shirts, [effect]).totals.discount).toBe(off)
  })
})

describe('steps', () => {
  const spend: Effect = {
    kind: 'TIERED',
    target: 'ORDER',
    tiers: [
      { amounts: { EUR: 10_000 }, off: { EUR: 2000 } },
      { amounts: { EUR: 20_000 }, off: { EUR: 5000 } },
    ],
  }

  it.each([
    [9999, 0n],
    [10_000, 2000n],
    [20_000, 5000n],
  ])('of amounts take off so much from %i on', (minor, off) => {
    expect(run([{ price: minor }], [spend]).totals.discount).toBe(off)
  })

  it('never take off more than there is', () => {
    const tiers = [{ quantity: 1, off: { EUR: 5000 } }]
    expect(run([{ price: 300 }], [{ kind: 'TIERED', target: 'ORDER', tiers }]).totals.net).toBe(0n)
  })
})

describe('rounding', () => {
  it.each([
    ['LINE', 372n],
    ['UNIT', 370n],
    ['ORDER', 372n],
  ] as const)('tax of 10 × 31 at 20 %% per %s', (taxPer, total) => {
    expect(run([{ price: 31, quantity: 10 }], [], { taxPer }).totals.total).toBe(total)
  })

  it.each<[bigint[], bigint, bigint[]]>([
    [[123n], 300n, [300n]],
    [[4000n, 2000n, 2000n], 300n, [150n, 75n, 75n]],
    [[4000n, 2000n, 2000n], -300n, [-150n, -75n, -75n]],
    [[4300n, 1400n, 2300n], 299n, [161n, 52n, 86n]],
    [[1000n, 1000n, 1000n], 299n, [100n, 100n, 99n]],
    [[10n, 20n, 10n, 30n, 50n, 20n, 10n, 40n], 95n, [5n, 10n, 5n, 15n, 25n, 10n, 5n, 20n]],
    [[10n, 0n], 40n, [40n, 0n]],
    [[0n, 0n], 10n, [5n, 5n]],
    [[0n, 0n], 0n, [0n, 0n]],
    [[100n, 100n], -20n, [-10n, -10n]],
  ])('splits %s into %s', (weights, whole, parts) => {
    expect(allocate(whole, weights)).toEqual(parts)
  })
})
