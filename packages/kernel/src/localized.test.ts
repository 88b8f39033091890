import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  canonicalLocale,
  languageChain,
  LOCALES,
  localize,
  negotiateLanguage,
  negotiateLocale,
} from './index.ts'

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

describe('negotiateLanguage', () => {
  const shop = ['en', 'es', 'es-MX', 'pt-BR', 'zh-Hant']

  it.each([
    ['es-MX', 'es-MX'],
    ['es-mx', 'es-MX'],
    ['es-AR, en;q=0.9', 'es'],
    ['zh-Hant-TW', 'zh-Hant'],
    ['pt', 'pt-BR'],
    ['pt-PT, fr, en;q=0.1', 'en'],
    ['en-a-x, en', 'en'],
    ['fr, *;q=0.1', undefined],
    ['', undefined],
  ])('looks %j up as %s', (header, expected) => {
    expect(negotiateLanguage(header, shop)).toBe(expected)
  })
})

describe('languageChain', () => {
  it('widens each language before it goes on to the next, and names each once', () => {
    expect(languageChain(['es-MX', 'es', 'en-GB', 'en'])).toEqual(['es-MX', 'es', 'en-GB', 'en'])
    expect(languageChain(['zh-Hant-TW', 'en'])).toEqual(['zh-Hant-TW', 'zh-Hant', 'zh', 'en'])
    expect(languageChain(['de-x-north'])).toEqual(['de-x-north', 'de'])
  })
})

describe('canonicalLocale', () => {
  it('writes a tag as everybody does, and knows what is none', () => {
    expect(canonicalLocale('ES-mx')).toBe('es-MX')
    for (const none of ['', 'e', 'es_MX', 'español', '__proto__', 'x'.repeat(40)]) {
      expect(canonicalLocale(none)).toBeUndefined()
    }
  })
})

describe('localize', () => {
  it('gives the language asked for, or English, or what there is', () => {
    expect(localize({ en: 'Coffee', es: 'Café' }, { locale: 'es' })).toBe('Café')
    expect(localize({ en: 'Coffee' }, { locale: 'es' })).toBe('Coffee')
    expect(localize({ es: 'Café' }, { locale: 'en' })).toBe('Café')
    expect(localize({ en: '', de: 'Kaffee' }, { locale: 'en' })).toBe('Kaffee')
    expect(localize({}, { locale: 'en' })).toBe('')
  })

  it('goes along the languages of a reader until one has the text', () => {
    const reader = { locale: 'en', languages: ['es-MX', 'es', 'de'] } as const
    expect(localize({ en: 'Bean', es: 'Judía', 'es-MX': 'Frijol' }, reader)).toBe('Frijol')
    expect(localize({ en: 'Bean', es: 'Judía' }, reader)).toBe('Judía')
    expect(localize({ en: 'Bean', de: 'Bohne' }, reader)).toBe('Bohne')
    expect(localize({ en: 'Bean', 'es-MX': '' }, reader)).toBe('Bean')
  })
})
