import { expect, it } from 'vitest'
import type { CartInput, PricingContext } from './cart.ts'
import type { PromotionDefinition } from './definition.ts'
import { price } from './price.ts'
import { shoppersTrace } from './shoppers-trace.ts'
import { context, lines, promotion, snapshot } from './testing/shop.ts'

const effect = { kind: 'PERCENT', ratePpm: 100_000, target: 'ORDER' } as const
const customer: Partial<PricingContext> = { customer: { id: 'c', groups: [], orderCount: 3 } }

const traces = (
  definition: Partial<PromotionDefinition>,
  { asks = {}, ...rest }: Partial<CartInput> & { readonly asks?: Partial<PricingContext> } = {},
  facts = {},
) => {
  const coupons = [{ code: 'MINE', promotionId: 'p' }]
  const priced = price(
    { lines: lines({ price: 1000 }), ...rest },
    context({}, asks),
    snapshot([promotion('p', { effect, ...definition }, facts)], { coupons }),
  )
  return { whole: priced.trace, shown: shoppersTrace(priced) }
}

it.each<[string, Partial<PromotionDefinition>]>([
  ['that has not begun', { startsAt: '2026-11-27T00:00:00Z' }],
  ['that is over', { endsAt: '2026-01-01T00:00:00Z' }],
  ['of another channel', { channels: { codes: ['outlet'] } }],
  ['of another market', { markets: ['jp'] }],
  ['for another segment', { audience: { segments: ['at-risk'] } }],
  ['for a code that was not entered', { trigger: 'COUPON' }],
  ['offered to others', { trigger: 'OFFER' }],
])('a shopper does not read of a promotion %s', (_what, definition) => {
  const { whole, shown } = traces(definition, { asks: customer })
  expect(whole).toHaveLength(1)
  expect(shown).toEqual([])
})

it('a shopper reads of what applies, what is near, and what signing in would bring', () => {
  const near = [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 2000 } }] as const
  for (const definition of [{}, { conditions: near }, { audience: { segments: ['at-risk'] } }]) {
    const { whole, shown } = traces(definition)
    expect(shown).toEqual(whole)
  }
})

it('a code of the cart is explained whatever the reason, but not by what others are called', () => {
  const forOthers = { trigger: 'COUPON', audience: { segments: ['at-risk'] } } as const
  const { whole, shown } = traces(forOthers, { asks: customer, couponCodes: ['MINE'] })
  expect(whole).toMatchObject([{ code: 'AUDIENCE', facts: { segments: ['at-risk'] } }])
  expect(shown).toMatchObject([{ code: 'AUDIENCE', facts: {} }])
  expect(shown[0]!.facts).toEqual({})
})

it('a shopper reads that a promotion is paused only where the cart names it', () => {
  const paused = { paused: true }
  expect(traces({}, {}, paused)).toMatchObject({ whole: [{ code: 'PAUSED' }], shown: [] })
  const { shown } = traces({ trigger: 'COUPON' }, { couponCodes: ['MINE'] }, paused)
  expect(shown).toMatchObject([{ outcome: 'SKIPPED', code: 'PAUSED' }])
})

it('what is left of a budget is not told', () => {
  const budgetLeft = { amountMinor: 99n, currency: 'EUR' }
  const { shown } = traces({}, {}, { budgetLeft })
  expect(shown[0]!.facts).toEqual({ need: { amountMinor: 100, currency: 'EUR' } })
})
