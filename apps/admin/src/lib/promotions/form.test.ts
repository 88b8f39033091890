import { PROMOTION_FORM, PROMOTION_SCHEMA } from '@hilo/pricing'
import { describe, expect, it } from 'vitest'
import { barsOf } from './bars.ts'
import {
  blankItem,
  definitionFields,
  itemField,
  kindFields,
  kindOptions,
  withKind,
} from './definition-schema.ts'
import { keysIn } from './keys.ts'
import { valueAt, withValueAt } from './place.ts'
import { readerOf, shownText, valueOf, wallTime } from './typed.ts'

describe('the form', () => {
  it('has a field for every member that a definition can have', () => {
    const members = Object.keys(PROMOTION_SCHEMA.properties!).filter((name) => name !== 'v')
    expect([...definitionFields().keys()].sort()).toEqual(members.sort())
    expect(kindOptions('effects')).toHaveLength(Object.keys(PROMOTION_FORM.effects).length)
    expect(kindFields('effects', 'BUY_X_GET_Y', ['e']).map(({ name }) => name)).toEqual([
      'buy',
      'get',
      'ratePpm',
      'times',
    ])
    for (const kind of Object.keys(PROMOTION_FORM.items)) expect(itemField(kind, []), kind).toBeDefined()
  })

  it('keeps of another kind what fits, and chooses what must be chosen', () => {
    const amount = { kind: 'AMOUNT', amounts: { EUR: 500 }, target: 'ONCE' }
    expect(withKind(amount, 'effects', 'FIXED_PRICE')).toEqual({
      kind: 'FIXED_PRICE',
      amounts: { EUR: 500 },
      target: 'ITEM',
    })
    expect(withKind(amount, 'effects', 'FREE_DELIVERY')).toEqual({ kind: 'FREE_DELIVERY' })
    expect(withKind({}, 'conditions', 'MIN_SUBTOTAL')).toEqual({ kind: 'MIN_SUBTOTAL' })
  })

  it('begins rules for items with nothing chosen', () => {
    expect(blankItem('product')).toEqual({ product: [] })
    expect(blankItem('any')).toEqual({ any: [{ category: [] }] })
    expect(blankItem('not')).toEqual({ not: { category: [] } })
    expect(blankItem('priceAtLeast')).toEqual({ priceAtLeast: {} })
  })
})

describe('a place in a draft', () => {
  const root = { v: 1, audience: { segments: ['a'] }, conditions: [{ kind: 'X', quantity: 2 }], odd: [{}] }

  it('is changed with all around it as it was', () => {
    expect(withValueAt(root, ['conditions', '0', 'quantity'], 3)).toEqual({
      ...root,
      conditions: [{ kind: 'X', quantity: 3 }],
    })
    expect(withValueAt(root, ['effect', 'buy', 'quantity'], 1)).toMatchObject({
      effect: { buy: { quantity: 1 } },
    })
    expect(valueAt(root, ['conditions', '0', 'kind'])).toBe('X')
    expect(valueAt(root, ['no', 'where'])).toBeUndefined()
  })

  it('takes an object along of which nothing is left, but no entry of a list and no rule for items', () => {
    expect(withValueAt(root, ['audience', 'segments'], undefined)).not.toHaveProperty('audience')
    expect(withValueAt({ rows: [{ quantity: 1 }] }, ['rows', '0', 'quantity'], undefined)).toEqual({
      rows: [{}],
    })
    expect(withValueAt({ rows: [1, 2] }, ['rows', '0'], undefined)).toEqual({ rows: [2] })
    expect(
      withValueAt({ items: { priceAtLeast: { EUR: 1 } } }, ['items', 'priceAtLeast', 'EUR'], undefined),
    ).toEqual({
      items: { priceAtLeast: {} },
    })
  })
})

describe('what is typed', () => {
  it('is read as its field means it', () => {
    const whole = { type: 'integer', minimum: 1, maximum: 99 } as const
    const factor = readerOf('factor', { type: 'integer', minimum: 1_000_001, maximum: 100_000_000 })
    expect(valueOf('10,5', readerOf('percent', whole))).toBe(105_000)
    expect(valueOf('2.5', factor)).toBe(2_500_000)
    expect(factor.show(2_500_000)).toBe('2.5')
    expect(valueOf('1', factor)).toBe('1')
    expect(valueOf('1.5', readerOf('quantity', whole))).toBe('1.5')
    expect(valueOf('100', readerOf('quantity', whole))).toBe('100')
    expect(valueOf('-3.75', readerOf('number', { type: 'number', minimum: -90, maximum: 90 }))).toBe(-3.75)
    expect(valueOf(' ', readerOf('quantity', whole))).toBeUndefined()
  })

  it('stays as it was typed while it means the same', () => {
    const reader = readerOf('percent', { type: 'integer', minimum: 1, maximum: 1_000_000 })
    expect(shownText(100_000, '10.', reader)).toBe('10')
    expect(shownText(100_000, '10.0', reader)).toBe('10.0')
    expect(shownText(100_000, '', reader)).toBe('10')
    expect(shownText('abc', '', reader)).toBe('abc')
    expect(shownText(undefined, '10', reader)).toBe('')
  })

  it.each([
    ['9', '09:00'],
    ['1730', '17:30'],
    ['17.30', '17:30'],
    ['24:00', '24:00'],
    ['24:01', undefined],
    ['17:60', undefined],
    ['noon', undefined],
  ])('is a time of day: %s', (text, time) => {
    expect(wallTime(text)).toBe(time)
  })
})

it('finds what a definition names, however deep', () => {
  const items = { any: [{ product: ['p1'] }, { not: { category: ['c1', 'c2'] } }] }
  const definition = { items, effect: { kind: 'GIFT', variant: 'v1' } }
  expect(keysIn(definition, 'product')).toEqual(['p1'])
  expect(keysIn(definition, 'category')).toEqual(['c1', 'c2'])
  expect(keysIn(definition, 'variant')).toEqual(['v1'])
})

it('draws the days of one currency against the best of them', () => {
  const day = (name: string, before: number, after: number, currency = 'EUR') => ({
    day: name,
    touched: 1,
    revenue: { before: { amountMinor: before, currency }, after: { amountMinor: after, currency } },
  })
  const perDay = [day('2026-11-03', 100, 50), day('2026-11-01', 200, 200), day('2026-11-01', 9, 9, 'USD')]
  const looked = { perDay, since: '2026-11-01T18:00:00Z', until: '2026-11-03T18:00:00Z' }
  expect(barsOf(looked, 'EUR')).toEqual([
    { day: '2026-11-01', touched: 1, before: 1, after: 1 },
    { day: '2026-11-02', touched: 0, before: 0, after: 0 },
    { day: '2026-11-03', touched: 1, before: 0.5, after: 0.25 },
  ])
})
