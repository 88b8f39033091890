import { describe, expect, it } from 'vitest'
import type { CartInput, OfferInput, PricingContext } from './cart.ts'
import type { PromotionDefinition } from './definition.ts'
import { nextChange } from './next-change.ts'
import { price } from './price.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const effect = { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' } as const
const cart = (rest: Partial<CartInput> = {}): CartInput => ({ lines: lines({ price: 1000 }), ...rest })

const entryOf = (definition: Partial<PromotionDefinition>, asks: Partial<PricingContext> = {}) =>
  price(cart(), context({}, asks), snapshot([promotion('p', { effect, ...definition })])).trace[0]!

const customer = (rest: Partial<NonNullable<PricingContext['customer']>> = {}) => ({
  customer: { id: 'c', groups: [], orderCount: 0, ...rest },
})
const SOL = { latitude: 40.4169, longitude: -3.7033 }
const ATOCHA = { latitude: 40.4066, longitude: -3.6892 }

describe('an audience', () => {
  it.each<[string, Partial<PromotionDefinition>, Partial<PricingContext>, string, object]>([
    ['a segment, and a guest', { audience: { segments: ['loyal'] } }, {}, 'LOGIN_REQUIRED', {}],
    [
      'a segment, and others',
      { audience: { segments: ['loyal'] } },
      customer(),
      'AUDIENCE',
      { segments: ['loyal'] },
    ],
    [
      'a segment, and a member',
      { audience: { segments: ['loyal'] } },
      customer({ segments: [{ id: 's', code: 'loyal' }] }),
      'APPLIED',
      {},
    ],
    [
      'a tier, and another',
      { audience: { loyaltyTiers: ['GOLD'] } },
      customer({ loyaltyTier: 'SILVER' }),
      'AUDIENCE',
      { loyaltyTiers: ['GOLD'] },
    ],
    [
      'a tier, and its customer',
      { audience: { loyaltyTiers: ['GOLD'] } },
      customer({ loyaltyTier: 'GOLD' }),
      'APPLIED',
      {},
    ],
    ['first orders, and a first', { audience: { firstOrder: true } }, customer(), 'APPLIED', {}],
    [
      'first orders, and a second',
      { audience: { firstOrder: true } },
      customer({ orderCount: 1 }),
      'AUDIENCE',
      { firstOrder: true },
    ],
    ['first orders, and a guest', { audience: { firstOrder: true } }, {}, 'LOGIN_REQUIRED', {}],
    [
      'a place, and nobody knows where',
      { audience: { near: { ...SOL, radiusMetres: 1000 } } },
      {},
      'NOT_NEAR',
      { radiusMetres: 1000 },
    ],
    [
      'a place, and 1.65 km from it',
      { audience: { near: { ...SOL, radiusMetres: 1600 } } },
      { place: ATOCHA },
      'NOT_NEAR',
      { radiusMetres: 1600, metres: 1654 },
    ],
    [
      'a place, and near it',
      { audience: { near: { ...SOL, radiusMetres: 1700 } } },
      { place: ATOCHA },
      'APPLIED',
      {},
    ],
    [
      'a country, and another',
      { countries: ['ES', 'PT'] },
      { country: 'FR' },
      'COUNTRY',
      { country: 'FR', available: ['ES', 'PT'] },
    ],
    ['a country, and it', { countries: ['ES'] }, { country: 'ES' }, 'APPLIED', {}],
  ])('of %s', (_, definition, asks, code, facts) => {
    expect(entryOf(definition, asks)).toMatchObject({ code, facts })
  })
})

describe('weekly hours of a promotion', () => {
  const happyHour = { weekly: [{ days: ['MON' as const], from: '17:00', until: '19:00' }] }
  const madrid = (now: string) => context({ timeZone: 'Europe/Madrid' }, { now })
  const offer = (rest: Partial<PromotionDefinition> = {}) =>
    promotion('p', { effect, schedule: happyHour, ...rest })
  const codeAt = (now: string) => price(cart(), madrid(now), snapshot([offer()])).trace[0]

  it('let it hold, and say when they come next', () => {
    expect(codeAt('2026-06-15T15:00:00Z')?.code).toBe('APPLIED')
    expect(codeAt('2026-06-15T17:00:00Z')).toMatchObject({
      code: 'NOT_NOW',
      facts: { nextStart: '2026-06-22T15:00:00.000Z' },
    })
  })

  it.each([
    ['before it starts', '2026-06-01T00:00:00Z', '2026-06-10T00:00:00.000Z'],
    ['before the hours', '2026-06-15T12:00:00Z', '2026-06-15T15:00:00.000Z'],
    ['within the hours', '2026-06-15T16:00:00Z', '2026-06-15T17:00:00.000Z'],
    ['after the last hours', '2026-06-22T18:00:00Z', '2026-06-23T00:00:00.000Z'],
    ['after it ended', '2026-06-23T00:00:00Z', undefined],
  ])('make it change next, %s', (_, now, next) => {
    const bounded = offer({ startsAt: '2026-06-10T00:00:00Z', endsAt: '2026-06-23T00:00:00Z' })
    expect(nextChange(bounded.compiled, now, { timeZone: 'Europe/Madrid' })).toBe(next)
  })

  it('that it does not have make it never change', () => {
    expect(nextChange(promotion('p', { effect }).compiled, '2026-06-15T12:00:00Z', {})).toBeUndefined()
  })
})

describe('an offer', () => {
  const offered = promotion('p', { trigger: 'OFFER', effect })
  const ask = (offerIds: string[], offers: OfferInput[] = [{ id: 'o1', promotionId: 'p' }]) =>
    price(cart({ offerIds }), context(), { ...snapshot([offered]), offers })

  it('starts its promotion, and is named in what that did', () => {
    const priced = ask(['o1', 'o1'])
    expect(priced.applications).toMatchObject([{ offerId: 'o1', couponCode: undefined, amount: 100n }])
    expect(priced.offers).toMatchObject([
      { offerId: 'o1', outcome: 'APPLIED' },
      { offerId: 'o1', outcome: 'IGNORED', reason: 'ALREADY_APPLIED' },
    ])
  })

  it.each<[string, string[], OfferInput[], string, string]>([
    ['that was not made', ['o2'], [{ id: 'o1', promotionId: 'p' }], 'UNKNOWN_OFFER', 'OFFER_REQUIRED'],
    [
      'that has ended',
      ['o1'],
      [{ id: 'o1', promotionId: 'p', expiresAt: '2026-06-15T12:00:00Z' }],
      'EXPIRED',
      'EXPIRED',
    ],
    [
      'that was used',
      ['o1'],
      [{ id: 'o1', promotionId: 'p', limitReached: true }],
      'LIMIT_REACHED',
      'LIMIT_REACHED',
    ],
  ])('%s starts nothing, and says so', (_, ids, offers, reason, code) => {
    const priced = ask(ids, offers)
    expect(priced.offers).toMatchObject([{ outcome: 'REFUSED', reason }])
    expect(priced.trace[0]?.code).toBe(code)
    expect(priced.totals.discount).toBe(0n)
  })

  it('of a promotion that a code starts is unknown', () => {
    const coupon = promotion('p', { trigger: 'COUPON', effect })
    const priced = price(cart({ offerIds: ['o1'] }), context(), {
      ...snapshot([coupon]),
      offers: [{ id: 'o1', promotionId: 'p' }],
    })
    expect(priced.offers).toMatchObject([{ reason: 'UNKNOWN_OFFER' }])
    expect(priced.trace[0]?.code).toBe('CODE_REQUIRED')
  })
})

describe('a budget', () => {
  const spend = (amountMinor: bigint, currency = 'EUR') =>
    price(
      cart(),
      context(),
      snapshot([promotion('p', { effect }, { budgetLeft: { amountMinor, currency } })]),
    )

  it('is spent to the last cent, and never in part', () => {
    expect(spend(100n).totals.discount).toBe(100n)
    expect(spend(99n).totals.discount).toBe(0n)
    expect(spend(99n).trace[0]).toMatchObject({
      code: 'BUDGET_SPENT',
      facts: { left: { amountMinor: 99, currency: 'EUR' }, need: { amountMinor: 100, currency: 'EUR' } },
    })
  })

  it('counts only in its own currency', () => {
    expect(spend(1n, 'USD').totals.discount).toBe(100n)
  })
})
