import { COMMON, refusalMessage } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { catalogPrice, decode, reading, requests } from './index.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const purchase = (request: unknown) => decode(requests.purchase, bytes(JSON.stringify(request)))

describe('a price of the catalogue', () => {
  const money = (amountMinor: number) => ({ amountMinor, currency: 'EUR', decimal: '9.00' })
  const told = { v: 1, version: null, ts: 1, sku: 'COF-1', price: money(900), list: money(1200) }
  const read = (price: object) => decode(catalogPrice, bytes(JSON.stringify(price)))

  it('is read with the lowest of the 30 days before and without, as shops before said it', () => {
    expect(read(told)).toEqual({ ok: true, value: told })
    const withLowest = { ...told, lowestPrice30d: money(1000) }
    expect(read(withLowest)).toEqual({ ok: true, value: withLowest })
  })

  it('is no reason for a reader that knows no lowest price to fail', () => {
    const before = catalogPrice.omit({ lowestPrice30d: true })
    const payload = bytes(JSON.stringify({ ...told, lowestPrice30d: money(1000) }))
    expect(decode(before, payload)).toEqual({ ok: true, value: told })
  })
})

describe('decode', () => {
  it.each([
    ['INVALID_UTF8', Uint8Array.of(0x22, 0xc3, 0x28, 0x22)],
    ['INVALID_JSON', bytes('{')],
    ['INVALID_JSON', bytes('')],
    ['INVALID_JSON', bytes('\uFEFF{}')],
    ['INVALID_INPUT', bytes('null')],
    ['INVALID_INPUT', bytes('{"slot":"beans"}')],
    ['PROTOCOL_VERSION_NOT_SUPPORTED', bytes('{"v":2,"slot":"beans"}')],
  ])('refuses with %s', (code, payload) => {
    expect(decode(requests.purchase, payload)).toMatchObject({ ok: false, error: { code } })
  })

  it('wants a slot or a SKU, and not both', () => {
    expect(purchase({ v: 1, slot: 'beans' }).ok).toBe(true)
    expect(purchase({ v: 1, sku: 'COF-1' }).ok).toBe(true)
    expect(purchase({ v: 1 }).ok).toBe(false)
    expect(purchase({ v: 1, slot: 'beans', sku: 'COF-1' }).ok).toBe(false)
  })

  it.each([0, -1, 1.5, 1_000_001, '2', null])('names the field when the quantity is %j', (quantity) => {
    expect(purchase({ v: 1, slot: 'beans', quantity })).toMatchObject({
      ok: false,
      error: { code: 'INVALID_INPUT', path: ['quantity'] },
    })
  })

  it.each([
    [{ v: 1 }, 'give either slot or sku', 'indica slot o sku, solo uno'],
    [{ v: 1, slot: 'beans', quantity: '2' }, 'quantity: must be a number', 'quantity: debe ser un número'],
    [
      { v: 1, slot: 'beans', quantity: 0 },
      'quantity: must be a number of at least 1',
      'quantity: debe ser un número de 1 como mínimo',
    ],
    [
      { v: 1, slot: 'x'.repeat(65) },
      'slot: must be a text of at most 64 characters',
      'slot: debe ser un texto de 64 caracteres como máximo',
    ],
    [{ v: 1, slot: 'beans', rid: 'x' }, 'rid: must be a UUID', 'rid: debe ser un UUID'],
    [
      { v: 1, slot: 'beans', expect: { max: 5, currency: 'EUX' } },
      'expect.currency: must be a currency of ISO 4217',
      'expect.currency: debe ser una moneda de ISO 4217',
    ],
    [5, 'must be an object of fields', 'debe ser un objeto con campos'],
  ])('says why in both languages, in no words of a library: %j', (request, en, es) => {
    const refused = purchase(request)
    const said = (locale: 'en' | 'es') =>
      refused.ok ? '' : refusalMessage(COMMON.catalogue.INVALID_INPUT, refused.error, locale)
    expect([said('en'), said('es')]).toEqual([en, es])
  })

  it('refuses a currency that does not exist', () => {
    expect(purchase({ v: 1, slot: 'beans', expect: { max: 500, currency: 'EUX' } })).toMatchObject({
      error: { path: ['expect', 'currency'] },
    })
  })

  it('drops fields it does not know, so that newer devices can talk to it', () => {
    expect(purchase({ v: 1, slot: 'beans', colour: 'red' })).toEqual({
      ok: true,
      value: { v: 1, slot: 'beans' },
    })
  })

  it('takes a bare number as a reading', () => {
    expect(decode(reading, bytes('41.5'))).toEqual({ ok: true, value: { value: 41.5 } })
    expect(decode(reading, bytes('1e999'))).toMatchObject({ ok: false })
  })
})
