import { describe, expect, it } from 'vitest'
import { MAX_PROPERTIES } from './errors.ts'
import { checkProperties, checkQuantity, lineKey } from './line.ts'

describe('the quantity of a line', () => {
  it.each([1, 2, 1_000_000])('can be %d', (quantity) => {
    expect(checkQuantity(quantity, [])).toEqual({ ok: true, value: quantity })
  })

  it.each([0, -1, 1_000_001, 1.5, Number.NaN, 2 ** 31])(
    'cannot be %d, and says how to take a line away',
    (quantity) => {
      expect(checkQuantity(quantity, ['line', 'quantity'])).toMatchObject({
        error: {
          code: 'QUANTITY_INVALID',
          data: { quantity, min: 1, max: 1_000_000 },
          path: ['line', 'quantity'],
        },
      })
    },
  )
})

describe('the properties of a line', () => {
  it('are a flat object, or nothing', () => {
    expect(checkProperties(null, [])).toEqual({ ok: true, value: {} })
    expect(checkProperties({ engraving: 'Ada', gift: true, size: 4.5 }, [])).toMatchObject({ ok: true })
  })

  it.each([
    ['a list', []],
    ['a text', 'engraving'],
    ['a nested object', { a: { b: 1 } }],
    ['a null', { a: null }],
    ['NUL', { a: '\0' }],
    ['half a character', { a: '\ud800' }],
    ['more than fits', { a: 'x'.repeat(MAX_PROPERTIES) }],
  ])('are refused as %s', (_what, value) => {
    expect(checkProperties(value, ['line'])).toMatchObject({ error: { code: 'PROPERTIES_INVALID' } })
  })

  it('tell lines of a variant apart, in any order of keys', () => {
    const key = (properties: Record<string, string>) => lineKey({ variantId: 'a', properties })
    expect(key({ x: '1', y: '2' })).toBe(key({ y: '2', x: '1' }))
    expect(key({ x: '1' })).not.toBe(key({ x: '2' }))
    expect(key({})).not.toBe(lineKey({ variantId: 'b', properties: {} }))
  })
})
