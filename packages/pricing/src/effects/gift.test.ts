import { describe, expect, it } from 'vitest'
import type { PromotionInput } from '../cart.ts'
import { giftVariants } from '../gift-variants.ts'
import { price } from '../price.ts'
import { context, lines, type LineSketch, promotion, snapshot } from '../testing/shop.ts'
import type { GiftEffect } from './gift.ts'

const MUG = { variantId: 'mug', productId: 'mugs', sku: 'MUG', taxClass: 'STANDARD' }
const ROW = { id: 'mug-row', amountMinor: 900n, currency: 'EUR', minQuantity: 1, rank: 0 }

const gives = (effect: Partial<GiftEffect> = {}, facts: Partial<PromotionInput> = {}) =>
  promotion('p', { effect: { kind: 'GIFT', variant: 'mug', ...effect } }, facts)

const priced = (
  promotions: PromotionInput[],
  sketches: LineSketch[] = [{ price: 1000, quantity: 5 }],
  stock?: number,
) =>
  price({ lines: lines(...sketches) }, context(), {
    ...snapshot(promotions, { prices: { mug: [ROW] } }),
    gifts: new Map([['mug', MUG]]),
    ...(stock !== undefined && { giftStock: new Map([['mug', stock]]) }),
  })

describe('a gift', () => {
  it('stands as a line that costs nothing, with what it is worth', () => {
    const { applications, gifts, lines: all, taxes, totals } = priced([gives()])
    expect(gifts).toEqual([{ promotionId: 'p', lineId: 'gift:p', variantId: 'mug', sku: 'MUG', quantity: 1 }])
    expect(all[1]).toMatchObject({
      id: 'gift:p',
      gift: true,
      unit: 900n,
      subtotal: 900n,
      discount: 900n,
      gross: 0n,
    })
    expect(applications).toMatchObject([
      { class: 'GIFT', amount: 900n, allocations: [{ lineId: 'gift:p', amount: 900n }] },
    ])
    expect(totals).toMatchObject({ subtotal: 5900n, discount: 900n, net: 5000n, tax: 1000n, total: 6000n })
    expect(taxes).toEqual([{ ratePpm: 200_000, net: 5000n, tax: 1000n }])
  })

  it.each([
    [{ every: 2 }, 2],
    [{ every: 2, quantity: 3 }, 6],
    [{ every: 2, times: 1 }, 1],
  ])('comes as often as %o says', (effect, quantity) => {
    expect(priced([gives(effect)]).gifts[0]?.quantity).toBe(quantity)
  })

  it('says what is missing for it, or that there is none to give', () => {
    expect(priced([gives({ every: 6 })]).trace[0]).toMatchObject({
      code: 'MIN_QUANTITY',
      facts: { missing: 1 },
    })
    expect(priced([gives({ variant: 'bowl' })]).trace[0]).toMatchObject({
      code: 'GIFT_UNAVAILABLE',
      facts: { variantId: 'bowl' },
    })
  })

  it('is taken by promotions in their order while there is stock, and one that wants more than is left gives none', () => {
    const gifts = (stock: number, [first, second]: readonly [number, number] = [1, 1]) => {
      const later = promotion('a', {
        priority: 2,
        effect: { kind: 'GIFT', variant: 'mug', quantity: second },
      })
      const sooner = promotion('b', {
        priority: 1,
        effect: { kind: 'GIFT', variant: 'mug', quantity: first },
      })
      const { trace } = priced([later, sooner], undefined, stock)
      return trace.map(({ promotionId, code }) => `${promotionId} ${code}`)
    }
    expect(gifts(2)).toEqual(['b APPLIED', 'a APPLIED'])
    expect(gifts(1)).toEqual(['b APPLIED', 'a GIFT_UNAVAILABLE'])
    expect(gifts(1, [2, 1])).toEqual(['b GIFT_UNAVAILABLE', 'a APPLIED'])
    expect(gifts(0)).toEqual(['b GIFT_UNAVAILABLE', 'a GIFT_UNAVAILABLE'])
  })

  it('keeps no other promotion out, and is kept out only by what it does not combine with', () => {
    const alone = promotion('alone', {
      combinesWith: [],
      effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' },
    })
    expect(priced([alone, gives()]).trace.map(({ code }) => code)).toEqual(['APPLIED', 'APPLIED'])
    const shy = promotion('shy', { combinesWith: [], effect: { kind: 'GIFT', variant: 'mug' } })
    expect(priced([alone, shy]).trace[1]).toMatchObject({ code: 'NOT_COMBINABLE', facts: { with: 'alone' } })
    expect(priced([shy]).gifts).toHaveLength(1)
  })

  it('competes in a group with what it is worth', () => {
    const off = (amount: number) =>
      promotion('off', {
        exclusivityGroup: 'welcome',
        effect: { kind: 'AMOUNT', amounts: { EUR: amount }, target: 'ORDER' },
      })
    const mug = promotion('mug', { exclusivityGroup: 'welcome', effect: { kind: 'GIFT', variant: 'mug' } })
    expect(priced([off(899), mug]).applications.map(({ promotionId }) => promotionId)).toEqual(['mug'])
    expect(priced([off(901), mug]).applications.map(({ promotionId }) => promotionId)).toEqual(['off'])
  })

  it('counts against the budget with what it is worth', () => {
    const left = (amountMinor: bigint) => ({ budgetLeft: { amountMinor, currency: 'EUR' } })
    expect(priced([gives({}, left(900n))]).gifts).toHaveLength(1)
    expect(priced([gives({}, left(899n))]).trace[0]).toMatchObject({
      code: 'BUDGET_SPENT',
      facts: { left: { amountMinor: 899 }, need: { amountMinor: 900 } },
    })
  })

  it('names the variants to be read before pricing', () => {
    expect(giftVariants([gives(), gives(), promotion('q', { effect: { kind: 'FREE_DELIVERY' } })])).toEqual([
      'mug',
    ])
  })
})
