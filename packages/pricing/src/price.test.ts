import { describe, expect, it } from 'vitest'
import { price } from './price.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

describe('price', () => {
  it('takes half off an order', () => {
    const half = promotion('half', { effect: { kind: 'PERCENT', ratePpm: 500_000, target: 'ORDER' } })
    const priced = price({ lines: lines({ price: 100 }) }, context(), snapshot([half]))
    expect(priced.totals).toEqual({
      subtotal: 100n,
      discount: 50n,
      delivery: 0n,
      net: 50n,
      tax: 10n,
      total: 60n,
    })
    expect(priced.trace).toMatchObject([{ promotionId: 'half', outcome: 'APPLIED', code: 'APPLIED' }])
  })

  it('starts a coupon promotion by its code only', () => {
    const coupon = promotion('p', {
      trigger: 'COUPON',
      effect: { kind: 'AMOUNT', amounts: { EUR: 30 }, target: 'ORDER' },
    })
    const shop = snapshot([coupon], { coupons: [{ code: 'SAVE', promotionId: 'p' }] })
    expect(price({ lines: lines({ price: 100 }) }, context(), shop).trace[0]?.code).toBe('CODE_REQUIRED')
    const priced = price(
      { lines: lines({ price: 100 }), couponCodes: ['SAVE', 'SAVE', 'save'] },
      context(),
      shop,
    )
    expect(priced.totals.net).toBe(70n)
    expect(priced.codes.map(({ reason }) => reason)).toEqual(['APPLIED', 'ALREADY_APPLIED', 'UNKNOWN_CODE'])
  })
})
