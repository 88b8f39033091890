import type { PromotionDefinition } from '@hilo/pricing'
import { describe, expect, it } from 'vitest'
import type { DraftRecord } from '#lib/editing/rebase.ts'
import { BLANK, draftOf, linesOf, problemsOf, type PromotionDraft, refusedFields, termsOf } from './draft.ts'
import { withValueAt } from './place.ts'
import { isUnpublished, type PromotionData } from './promotion.ts'
import { sentenceOf } from './sentence.ts'

const FRIDAYS: PromotionDefinition = {
  v: 1,
  trigger: 'AUTOMATIC',
  effect: { kind: 'CHEAPEST', quantity: 1, every: 3, ratePpm: 1_000_000 },
  items: { collection: ['winter'] },
  audience: { segments: ['friends'] },
  schedule: { timeZone: 'Europe/Madrid', weekly: [{ days: ['FRI'], from: '17:00', until: '20:00' }] },
}

const promotion = (definition: object): PromotionData => ({
  id: 'promo_1',
  name: 'Fridays',
  nameTexts: { translations: [{ locale: 'ca', text: 'Divendres' }] },
  status: 'DRAFT',
  trigger: 'AUTOMATIC',
  version: 1,
  publishedVersion: null,
  definition,
  used: 0,
  usageLimit: 50,
  perCustomerLimit: null,
  budgets: [{ amount: { amountMinor: 10_000, currency: 'EUR' }, spent: { amountMinor: 0, currency: 'EUR' } }],
  coupons: { nodes: [{ code: 'b' }, { code: 'A' }] },
})

const draft = (changes: Partial<PromotionDraft> & { readonly with?: DraftRecord } = {}): PromotionDraft => {
  const { with: members, ...rest } = changes
  const whole = { ...BLANK, name: { en: 'Fridays' }, definition: FRIDAYS as never as DraftRecord, ...rest }
  return { ...whole, definition: { ...whole.definition, ...members } }
}

describe('a draft of a promotion', () => {
  it('gives back all that it read, known to the form or not', () => {
    const odd = { ...FRIDAYS, effect: { kind: 'NEW_KIND', strength: 3 }, later: { added: [1] } }
    const { codes, ...read } = draftOf(promotion(odd))
    expect(codes).toBe('A\nb')
    expect(termsOf({ ...read, codes })).toEqual({
      name: { en: null, es: null, others: [{ locale: 'ca', text: 'Divendres' }] },
      definition: odd,
      usageLimit: 50,
      perCustomerLimit: null,
      budgets: [{ currency: 'EUR', amountMinor: 10_000 }],
    })
    const changed = withValueAt(read.definition, ['priority'], 3)
    expect(changed).toEqual({ ...odd, priority: 3 })
  })

  it.each([
    [{ name: { en: ' ' } }, 'name'],
    [{ usageLimit: 'often' }, 'usageLimit'],
    [{ budgets: { EUR: '1.999' } }, 'budgets.EUR'],
    [{ with: { effect: { kind: 'PERCENT', ratePpm: '101', target: 'LINE' } } }, 'definition.effect.ratePpm'],
    [{ with: { effect: { kind: 'PERCENT', target: 'LINE' } } }, 'definition.effect.ratePpm'],
    [{ with: { effect: { kind: 'AMOUNT', target: 'LINE' } } }, 'definition.effect.amounts'],
    [
      { with: { effect: { kind: 'AMOUNT', target: 'LINE', amounts: { EUR: '1.999' } } } },
      'definition.effect.amounts.EUR',
    ],
    [{ with: { effect: { kind: 'BUY_X_GET_Y', buy: { quantity: 2 } } } }, 'definition.effect.get.quantity'],
    [{ with: { items: { any: [{ product: [] }] } } }, 'definition.items.any.0.product'],
    [{ with: { items: { attribute: {} } } }, 'definition.items.attribute.code'],
    [{ with: { conditions: [{ kind: 'PAYMENT_METHOD' }] } }, 'definition.conditions.0.methods'],
    [
      { with: { schedule: { weekly: [{ from: '17:00', until: '20:00' }] } } },
      'definition.schedule.weekly.0.days',
    ],
    [
      { with: { schedule: { weekly: [{ days: ['FRI'], from: 'soon', until: '20:00' }] } } },
      'definition.schedule.weekly.0.from',
    ],
    [{ with: { startsAt: '2026-12-02T00:00:00Z', endsAt: '2026-12-01T00:00:00Z' } }, 'definition.endsAt'],
    [{ with: { priority: 'first' } }, 'definition.priority'],
  ])('names the field that cannot be saved: %j', (changes, field) => {
    expect(Object.keys(problemsOf(draft(changes as never)))).toEqual([field])
  })

  it('finds nothing wrong with a whole draft, and nothing with what it does not know', () => {
    expect(problemsOf(draft())).toEqual({})
    expect(problemsOf(draft({ with: { effect: { kind: 'NEW_KIND' }, later: 1 } }))).toEqual({})
  })

  it('shows a refusal beside the field that it is about', () => {
    const refused = (...path: string[]) =>
      Object.keys(
        refusedFields(
          [{ __typename: 'PlainError', code: 'X', message: 'No', path }],
          draft({ budgets: { EUR: 1, USD: 2 } }),
        ),
      )[0]
    expect(refused('couponCodes', '3')).toBe('codes')
    expect(refused('input', 'definition', 'effect', 'ratePpm')).toBe('definition.effect.ratePpm')
    expect(refused('budgets', '1', 'currency')).toBe('budgets.USD')
    expect(refused('ifVersion')).toBe('')
  })

  it('takes codes from lines and commas, each once', () => {
    expect(linesOf(' C \n\nB, A;C')).toEqual(['A', 'B', 'C'])
  })
})

describe('the sentence', () => {
  const names = (noun: string) =>
    ({ collection: { en: 'Winter', es: 'Invierno' }, segment: { en: 'Friends', es: 'Amigos' } })[noun]

  it('says in both languages what it does, by name', () => {
    expect(sentenceOf(draft().definition, names, 'en')).toBe(
      'The cheapest of every 3 winter free for Friends Fri 17:00–20:00',
    )
    expect(sentenceOf(draft().definition, names, 'es')).toBe(
      'El más barato de cada 3 gratis en invierno para Amigos vie 17:00–20:00',
    )
  })

  it('waits until the promotion is whole', () => {
    expect(sentenceOf(BLANK.definition, names)).toBeUndefined()
    expect(sentenceOf(draft({ with: { effect: { kind: 'NEW_KIND' } } }).definition, names)).toBeUndefined()
  })
})

it.each([
  ['DRAFT', null, false],
  ['PUBLISHED', 2, false],
  ['PUBLISHED', 1, true],
  ['PAUSED', 2, false],
  ['PAUSED', 1, true],
  ['ARCHIVED', 1, false],
] as const)(
  'says of %s with version %s of 2 published whether its draft is newer',
  (status, publishedVersion, is) => {
    expect(isUnpublished({ status, version: 2, publishedVersion })).toBe(is)
  },
)
