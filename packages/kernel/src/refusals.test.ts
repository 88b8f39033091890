import { describe, expect, it } from 'vitest'
import { COMMON, defineRefusals, ID_PREFIX, NOUNS, refusalMessage, refuse, unwrap } from './index.ts'

const { catalogue, refuse: refuseOwn } = defineRefusals({
  TOO_DEAR: {
    data: { sku: 'string', price: 'money', limit: 'int', choices: 'strings', why: 'sentence', of: 'noun' },
    en: '{sku} costs {price}, above {limit}, {why}; take {choices} of the {of}.',
    es: '{sku} cuesta {price}, más de {limit}, {why}; elige {choices} de {of}.',
    fix: 'Choose another.',
  },
})

describe('a refusal', () => {
  const facts = {
    sku: 'POT',
    price: { amountMinor: 1250n, currency: 'EUR' },
    limit: 10,
    choices: ['CUP', 'JUG'],
    why: { en: 'your limit', es: 'tu límite' },
    of: 'priceList' as const,
  }

  it('carries its code, facts and path', () => {
    expect(refuseOwn('TOO_DEAR', facts, ['lines', '0'])).toEqual({
      ok: false,
      error: { code: 'TOO_DEAR', data: facts, path: ['lines', '0'] },
    })
  })

  it('is a sentence in the language of the reader', () => {
    const { error } = refuseOwn('TOO_DEAR', facts)
    const sentence = (locale: 'en' | 'es') =>
      refusalMessage(catalogue.TOO_DEAR, error, locale).replaceAll('\u00a0', ' ')
    expect(sentence('en')).toBe('POT costs €12.50, above 10, your limit; take CUP, JUG of the price list.')
    expect(sentence('es')).toBe(
      'POT cuesta 12,50 €, más de 10, tu límite; elige CUP, JUG de la lista de precios.',
    )
  })

  it('names what it is about in the language of the reader, however it was spelled when it was kept', () => {
    const said = (kind: string, locale: 'en' | 'es') =>
      refusalMessage(
        COMMON.catalogue.NOT_FOUND,
        { code: 'NOT_FOUND', data: { kind, id: '7' }, path: [] },
        locale,
      )
    expect(said('orderLine', 'en')).toBe('There is no line of an order 7, or it is not yours to see.')
    expect(said('orderLine', 'es')).toBe('No existe la línea de pedido 7, o no está a tu alcance.')
    expect(said('OrderLine', 'es')).toBe(said('orderLine', 'es'))
    expect(said('gadget', 'es')).toContain('gadget')
  })

  it('has a noun for everything that has public ids', () => {
    expect(Object.keys(ID_PREFIX).filter((kind) => !(kind in NOUNS))).toEqual([])
  })

  it('reads money that came through JSON', () => {
    const { error } = refuse('TOO_DEAR', { ...facts, price: { amountMinor: '1250', currency: 'EUR' } })
    expect(refusalMessage(catalogue.TOO_DEAR, error, 'en')).toContain('€12.50')
  })

  it('is a bug where a value was certain', () => {
    expect(() => unwrap(refuse('NOPE', { id: 1 }))).toThrow('NOPE {"id":1}')
  })
})

describe('the refusals of every noun', () => {
  it('name the same facts in every language, all of them declared', () => {
    for (const spec of Object.values(COMMON.catalogue)) {
      const named = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).toSorted()
      expect(named(spec.en)).toEqual(named(spec.es))
      for (const name of named(spec.en)) expect(Object.keys(spec.data)).toContain(name)
    }
  })
})
