import { describe, expect, it } from 'vitest'
import type { PricingContext, PromotionInput } from './cart.ts'
import type { PromotionDefinition } from './definition.ts'
import { price } from './price.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const cart = (...couponCodes: string[]) => ({ lines: lines({ price: 1000 }), couponCodes })

const coupon = (rest: Partial<PromotionDefinition> = {}, facts: Partial<PromotionInput> = {}) =>
  promotion(
    'p',
    { trigger: 'COUPON', effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' }, ...rest },
    facts,
  )

const COUPONS = [
  { code: 'SAVE10', promotionId: 'p' },
  { code: 'FRIEND', promotionId: 'p' },
]

const enter = (
  codes: string[],
  offer = coupon(),
  coupons: Parameters<typeof snapshot>[1] = { coupons: COUPONS },
  asks: PricingContext = context(),
) => price(cart(...codes), asks, snapshot([offer], coupons))

describe('a coupon code', () => {
  it('starts its promotion, and is named in what that did', () => {
    const priced = enter(['SAVE10'])
    expect(priced.totals.net).toBe(900n)
    expect(priced.applications).toMatchObject([{ promotionId: 'p', couponCode: 'SAVE10', amount: 100n }])
    expect(priced.codes).toEqual([
      { code: 'SAVE10', outcome: 'APPLIED', reason: 'APPLIED', facts: {}, promotionId: 'p' },
    ])
  })

  it('that is missing leaves the promotion waiting for it', () => {
    expect(enter([]).trace[0]).toMatchObject({ outcome: 'SKIPPED', code: 'CODE_REQUIRED' })
  })

  it.each<[string, Partial<PromotionDefinition>, string, string]>([
    ['another channel', { channels: { kinds: ['STORE'] } }, 'SAVE10', 'CHANNEL'],
    ['the past', { endsAt: '2026-06-15T12:00:00Z' }, 'SAVE10', 'EXPIRED'],
    ['the future', { startsAt: '2026-06-15T12:00:01Z' }, 'SAVE10', 'NOT_STARTED'],
    ['another market', { markets: ['us'] }, 'SAVE10', 'MARKET'],
    ['customers', { audience: { loggedIn: true } }, 'SAVE10', 'LOGIN_REQUIRED'],
    ['nothing, in the wrong case', {}, 'save10', 'UNKNOWN_CODE'],
  ])('of %s is refused', (_, rest, code, reason) => {
    const priced = enter([code], coupon(rest))
    expect(priced.totals.discount).toBe(0n)
    expect(priced.codes).toMatchObject([{ code, outcome: 'REFUSED', reason }])
  })

  it('entered twice changes nothing', () => {
    for (const codes of [
      ['SAVE10', 'SAVE10'],
      ['SAVE10', 'FRIEND'],
    ]) {
      const priced = enter(codes)
      expect(priced.totals.discount).toBe(100n)
      expect(priced.codes[1]).toMatchObject({ outcome: 'IGNORED', reason: 'ALREADY_APPLIED' })
    }
  })

  it('that is used up gives way to another of the same promotion', () => {
    const coupons = [{ ...COUPONS[0]!, limitReached: true }, COUPONS[1]!]
    expect(enter(['SAVE10'], coupon(), { coupons }).trace[0]).toMatchObject({
      code: 'LIMIT_REACHED',
      facts: { couponCode: 'SAVE10' },
    })
    const priced = enter(['SAVE10', 'FRIEND'], coupon(), { coupons })
    expect(priced.applications[0]?.couponCode).toBe('FRIEND')
    expect(priced.codes).toMatchObject([
      { outcome: 'REFUSED', reason: 'LIMIT_REACHED' },
      { outcome: 'APPLIED' },
    ])
  })

  it.each<[string, object, string]>([
    ['was withdrawn', { withdrawn: true, expiresAt: '2020-01-01T00:00:00Z' }, 'WITHDRAWN'],
    ['expires at this instant', { expiresAt: '2026-06-15T12:00:00Z', limitReached: true }, 'EXPIRED'],
    ['expires later', { expiresAt: '2026-06-15T12:00:00.001Z' }, 'APPLIED'],
  ])('itself %s, and another code of the promotion helps all the same', (_when, facts, reason) => {
    const coupons = [COUPONS[0]!, { ...COUPONS[0]!, code: 'FRIEND' }].map((one, at) =>
      at === 0 ? { ...one, ...facts } : one,
    )
    expect(enter(['SAVE10'], coupon(), { coupons }).codes).toMatchObject([{ code: 'SAVE10', reason }])
    expect(enter(['SAVE10', 'FRIEND'], coupon(), { coupons }).totals.discount).toBe(100n)
  })

  it.each<[Partial<PromotionInput>, string]>([
    [{ paused: true, limitReached: true }, 'PAUSED'],
    [{ limitReached: true }, 'LIMIT_REACHED'],
    [{ limitReached: true, heldUntil: '2026-06-15T12:15:00Z' }, 'HELD'],
    [{ customerLimitReached: true }, 'CUSTOMER_LIMIT'],
    [{ budgetSpent: true }, 'BUDGET_SPENT'],
  ])('does not help where %o', (facts, code) => {
    const priced = enter(['SAVE10'], coupon({}, facts))
    expect(priced.totals.discount).toBe(0n)
    expect(priced.codes).toMatchObject([{ outcome: 'REFUSED', reason: code }])
  })

  it('of a promotion that needs none is unknown', () => {
    const automatic = coupon({ trigger: 'AUTOMATIC' })
    expect(enter(['SAVE10'], automatic).codes).toMatchObject([{ reason: 'UNKNOWN_CODE' }])
    expect(enter(['SAVE10'], automatic).totals.discount).toBe(100n)
  })

  it('of a promotion that is not published is unknown', () => {
    const shop = snapshot([], { coupons: COUPONS })
    expect(price(cart('SAVE10'), context(), shop).codes).toMatchObject([{ reason: 'UNKNOWN_CODE' }])
  })
})

describe('an audience', () => {
  const skipped = (rest: Partial<PromotionDefinition>, asks: Partial<PricingContext> = {}) => {
    const offer = promotion('p', { effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' }, ...rest })
    return price(cart(), context({}, asks), snapshot([offer])).trace[0]?.code
  }
  const vip = { id: 'c', groups: [{ id: 'g', code: 'vip' }], orderCount: 0 }

  it.each<[string, Partial<PromotionDefinition>, Partial<PricingContext>, string]>([
    ['a group and a guest', { audience: { customerGroups: ['vip'] } }, {}, 'LOGIN_REQUIRED'],
    [
      'a group and another customer',
      { audience: { customerGroups: ['b2b'] } },
      { customer: vip },
      'AUDIENCE',
    ],
    [
      'a group and its member',
      { audience: { customerGroups: ['b2b', 'vip'] } },
      { customer: vip },
      'APPLIED',
    ],
    ['guests and a customer', { audience: { loggedIn: false } }, { customer: vip }, 'AUDIENCE'],
    ['guests and a guest', { audience: { loggedIn: false } }, {}, 'APPLIED'],
    ['devices and no device', { audience: { deviceKinds: ['APPLIANCE'] } }, {}, 'AUDIENCE'],
    [
      'devices and another',
      { audience: { deviceKinds: ['APPLIANCE'] } },
      { device: { kind: 'SPEAKER' } },
      'AUDIENCE',
    ],
    [
      'devices and one of them',
      { audience: { deviceKinds: ['APPLIANCE'] } },
      { device: { kind: 'APPLIANCE' } },
      'APPLIED',
    ],
    ['a channel by code', { channels: { kinds: ['STORE'], codes: ['web'] } }, {}, 'APPLIED'],
    [
      'a currency without an amount',
      { effect: { kind: 'AMOUNT', amounts: { USD: 100 }, target: 'ORDER' } },
      {},
      'CURRENCY',
    ],
    ['caps in other currencies', { caps: { USD: 100, JPY: 100 } }, {}, 'CURRENCY'],
    ['caps with one in its currency', { caps: { USD: 100, EUR: 100 } }, {}, 'APPLIED'],
    ['a cap in another currency', { cap: { amountMinor: 100, currency: 'USD' } }, {}, 'CURRENCY'],
    ['other items', { items: { sku: ['Z'] } }, {}, 'NO_ELIGIBLE_ITEMS'],
  ])('is judged for %s', (_, rest, asks, code) => {
    expect(skipped(rest, asks)).toBe(code)
  })
})
