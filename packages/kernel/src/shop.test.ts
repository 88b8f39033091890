import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LOCALES, localize, negotiateLocale } from './index.ts'

describe('negotiateLocale', () => {
  it.each([
    ['es', 'es'],
    ['es-MX,es;q=0.9,en;q=0.8', 'es'],
    ['en;q=0.2, es;q=0.8', 'es'],
    ['fr, de;q=0.9', 'en'],
    ['fr, es;q=0.1', 'es'],
    ['es;q=0', 'en'],
    ['es;q=nonsense', 'en'],
    ['ES', 'es'],
    ['', 'en'],
    [undefined, 'en'],
    [null, 'en'],
  ])('answers %j with %s', (header, expected) => {
    expect(negotiateLocale(header, 'en')).toBe(expected)
  })

  it('answers anything with one of our languages', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        expect(LOCALES).toContain(negotiateLocale(header, 'es'))
      }),
    )
  })
})

describe('localize', () => {
  it('gives the language asked for, or English, or what there is', () => {
    expect(localize({ en: 'Coffee', es: 'Café' }, 'es')).toBe('Café')
    expect(localize({ en: 'Coffee' }, 'es')).toBe('Coffee')
    expect(localize({ es: 'Café' }, 'en')).toBe('Café')
    expect(localize({}, 'en')).toBe('')
  })
})
