import { describe, expect, it } from 'vitest'
import type { PromotionInput } from '../cart.ts'
import { price } from '../price.ts'
import { context, lines, promotion, snapshot } from '../testing/shop.ts'
import type { PointsEffect } from './points.ts'

const earns = (id: string, effect: Omit<PointsEffect, 'kind'>, rest: object = {}) =>
  promotion(id, { effect: { kind: 'POINTS', ...effect }, ...rest })

const priced = (promotions: PromotionInput[]) =>
  price({ lines: lines({ price: 1250 }, { price: 1000 }) }, context(), snapshot(promotions))

describe('points', () => {
  it.each<[string, PromotionInput[], number]>([
    ['at once', [earns('a', { points: 100 })], 100],
    ['for each full amount', [earns('a', { points: 2, per: { EUR: 500 } })], 8],
    ['for some items', [earns('a', { points: 2, per: { EUR: 500 } }, { items: { sku: ['A'] } })], 4],
    ['twice as many', [earns('a', { points: 7 }), earns('b', { factorPpm: 2_000_000 })], 14],
    ['half as many more, whole ones', [earns('a', { points: 7 }), earns('b', { factorPpm: 1_500_000 })], 10],
  ])('are earned %s', (_, promotions, points) => {
    expect(priced(promotions).points).toBe(points)
  })

  it('change no amount', () => {
    const { applications, totals } = priced([earns('a', { points: 5 })])
    expect(totals).toEqual(priced([]).totals)
    expect(applications).toMatchObject([{ class: 'POINTS', amount: 0n, points: 5, allocations: [] }])
  })

  it('are counted on what is paid in the end', () => {
    const half = promotion('half', { effect: { kind: 'PERCENT', ratePpm: 500_000, target: 'ORDER' } })
    expect(priced([earns('a', { points: 1, per: { EUR: 100 } }), half]).points).toBe(11)
  })

  it('say what is missing', () => {
    expect(priced([earns('a', { points: 1, per: { EUR: 3000 } })]).trace[0]).toMatchObject({
      code: 'MIN_SUBTOTAL',
      facts: { missing: { amountMinor: 750, currency: 'EUR' } },
    })
    expect(priced([earns('a', { factorPpm: 2_000_000 })]).trace[0]?.code).toBe('NO_POINTS')
  })

  it('of one group are the most', () => {
    const group = { exclusivityGroup: 'g' }
    const { points, trace } = priced([earns('a', { points: 1 }, group), earns('b', { points: 9 }, group)])
    expect(points).toBe(9)
    expect(trace[0]).toMatchObject({ code: 'LOST_TO', facts: { promotionId: 'b' } })
  })
})
