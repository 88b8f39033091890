import { compilePromotion, type PromotionDefinition } from '@hilo/pricing'
import { describe, expect, it } from 'vitest'
import { definitionOf } from './definition.ts'
import { BLANK, draftOf, linesOf, type PromotionDraft } from './draft.ts'
import { problemsOf, refusedFields } from './problems.ts'
import type { PromotionData } from './promotion.ts'

const timeZone = 'Europe/Madrid'
const reading = { timeZone, categoryId: (key: string) => (key === 'coffee' ? 'cat_coffee' : key) }

const promotion = (definition: PromotionDefinition): PromotionData => ({
  id: 'promo_1',
  name: 'Coffee',
  nameTexts: { en: 'Coffee', es: null },
  status: 'PUBLISHED',
  version: 1,
  publishedVersion: 1,
  definition,
  used: 0,
  usageLimit: 500,
  perCustomerLimit: null,
  coupons: { nodes: [{ code: 'HELLO' }] },
})

const draft = (changes: Partial<PromotionDraft>): PromotionDraft => ({
  ...BLANK,
  name: { en: 'Coffee', es: '' },
  rate: '10',
  ...changes,
})

describe('promotion editor', () => {
  it('writes a definition that prices are computed with', () => {
    const definition = definitionOf(
      draft({
        items: 'CATEGORY',
        categories: ['cat_coffee'],
        channelKinds: ['DEVICE'],
        minSubtotal: { EUR: '30', USD: '' },
        startsAt: '2026-12-01T00:00',
        priority: '5',
      }),
      { timeZone },
    )
    expect(definition).toEqual({
      v: 1,
      trigger: 'AUTOMATIC',
      effect: { kind: 'PERCENT', ratePpm: 100_000, target: 'LINE' },
      startsAt: '2026-11-30T23:00:00.000Z',
      channels: { kinds: ['DEVICE'] },
      items: { category: ['cat_coffee'] },
      conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 3000 } }],
      priority: 5,
    })
    expect(compilePromotion(definition).ok).toBe(true)
  })

  it('gives back what it read', () => {
    const definition: PromotionDefinition = {
      v: 1,
      trigger: 'COUPON',
      effect: { kind: 'AMOUNT', amounts: { EUR: 500, JPY: 800 }, target: 'ORDER' },
      endsAt: '2026-12-08T00:00:00.000Z',
      items: { sku: ['A-1', 'B-2'] },
      conditions: [{ kind: 'MIN_SUBTOTAL', amounts: { EUR: 3000 } }],
    }
    const read = draftOf(promotion(definition), reading)
    expect(read).toMatchObject({ codes: 'HELLO', usageLimit: '500', amounts: { EUR: '5.00', JPY: '800' } })
    expect(definitionOf(read, { timeZone, saved: definition })).toEqual(definition)
  })

  it('keeps what the form does not show', () => {
    const saved: PromotionDefinition = {
      v: 1,
      trigger: 'AUTOMATIC',
      effect: { kind: 'FREE_DELIVERY' },
      audience: { loggedIn: true },
      markets: ['eu'],
      channels: { codes: ['web-eu'] },
      items: { not: { category: ['coffee'] } },
      conditions: [{ kind: 'ORDER_COUNT', atMost: 0 }],
      exclusivityGroup: 'welcome',
    }
    const read = draftOf(promotion(saved), reading)
    expect(read).toMatchObject({ effect: 'OTHER', items: 'OTHER' })
    expect(definitionOf(read, { timeZone, saved })).toEqual(saved)
    expect(
      definitionOf({ ...read, channelKinds: ['WEB'], minSubtotal: { EUR: '10' } }, { timeZone, saved }),
    ).toEqual({
      ...saved,
      channels: { kinds: ['WEB'], codes: ['web-eu'] },
      conditions: [...saved.conditions!, { kind: 'MIN_SUBTOTAL', amounts: { EUR: 1000 } }],
    })
  })

  it('reads a category by its slug as the one with that id', () => {
    const read = draftOf(
      promotion({
        v: 1,
        trigger: 'AUTOMATIC',
        effect: { kind: 'PERCENT', ratePpm: 107_500, target: 'ITEM' },
        items: { category: ['coffee'] },
      }),
      reading,
    )
    expect(read).toMatchObject({ items: 'CATEGORY', categories: ['cat_coffee'], rate: '10.75' })
  })

  it('says nothing while there is no discount yet', () => {
    expect(definitionOf(BLANK, { timeZone })).toBeUndefined()
    expect(
      definitionOf(draft({ effect: 'AMOUNT', amounts: { EUR: '', USD: 'x' } }), { timeZone }),
    ).toBeUndefined()
  })

  it.each([
    [{ name: { en: ' ', es: 'Café' } }, 'name.en'],
    [{ rate: '101' }, 'rate'],
    [{ effect: 'AMOUNT' as const }, 'amounts'],
    [{ effect: 'AMOUNT' as const, amounts: { EUR: '1.999' } }, 'amounts.EUR'],
    [{ trigger: 'COUPON' as const }, 'codes'],
    [{ items: 'PRODUCT' as const }, 'items'],
    [{ usageLimit: '0' }, 'usageLimit'],
    [{ priority: 'first' }, 'priority'],
    [{ minSubtotal: { JPY: '10.5' } }, 'minSubtotal.JPY'],
    [{ startsAt: '2026-12-02T00:00', endsAt: '2026-12-01T00:00' }, 'endsAt'],
  ])('names the field that cannot be saved: %j', (changes, field) => {
    expect(Object.keys(problemsOf(draft(changes)))).toEqual([field])
  })

  it('finds nothing wrong with a whole draft', () => {
    expect(problemsOf(draft({ trigger: 'COUPON', codes: 'A', priority: '-3', usageLimit: '10' }))).toEqual({})
  })

  it('shows a refusal beside the field that it is about', () => {
    const refused = (...path: string[]) =>
      Object.keys(refusedFields([{ __typename: 'PlainError', code: 'X', message: 'No', path }], draft({})))[0]
    expect(refused('couponCodes', '3')).toBe('codes')
    expect(refused('definition', 'effect', 'ratePpm')).toBe('rate')
    expect(refused('definition', 'conditions', '0', 'amounts')).toBe('minSubtotal')
    expect(refused('definition', 'audience')).toBe('')
    expect(refused('ifVersion')).toBe('')
  })

  it('takes codes from lines and commas, each once', () => {
    expect(linesOf(' A \n\nB, C;A')).toEqual(['A', 'B', 'C'])
  })
})
