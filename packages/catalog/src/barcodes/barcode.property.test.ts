import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { barcodeKey, checkDigit, scannedKeys } from './barcode.ts'

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(''))

test.each([
  ['EAN_13', '4006381333931'],
  ['EAN_8', '73513537'],
  ['UPC_A', '036000291452'],
  ['UPC_E', '04252614'],
  ['GTIN_14', '10614141000415'],
] as const)('A published code of the kind %s is taken', (kind, code) => {
  expect(barcodeKey(kind, code)).toMatch(/^\d{14}$/)
})

test('Each digit of a GTIN is guarded: another one is refused', () => {
  fc.assert(
    fc.property(digits(12), fc.nat(12), fc.integer({ min: 1, max: 9 }), (body, place, by) => {
      const code = `${body}${checkDigit(body)}`
      expect(barcodeKey('EAN_13', code)).toBe(`0${code}`)
      const wrong = Array.from(code, (digit, at) => (at === place ? (Number(digit) + by) % 10 : digit)).join(
        '',
      )
      expect(barcodeKey('EAN_13', wrong)).toBeUndefined()
    }),
  )
})

test('A UPC-A is scanned with or without its leading zero, in a link or as an element string', () => {
  fc.assert(
    fc.property(digits(11), (body) => {
      const code = `${body}${checkDigit(body)}`
      const key = barcodeKey('UPC_A', code)!
      const forms = [
        code,
        `0${code}`,
        `00${code}`,
        ` ${code}\t`,
        `https://id.shop.test/01/00${code}`,
        `https://shop.test/any/01/00${code}/10/LOT1?17=271231`,
        `(01)00${code}`,
        `]d20100${code}17271231`,
      ]
      for (const form of forms) expect(scannedKeys(form)).toContain(key)
    }),
  )
})

test('A UPC-E means the UPC-A that it is short for', () => {
  expect(barcodeKey('UPC_E', '04252614')).toBe(barcodeKey('UPC_A', '042100005264'))
  expect(scannedKeys('04252614')).toContain('00042100005264')
})

test('Wrong lengths, letters, spaces and what nobody sees are no codes; a text code is as it is', () => {
  for (const bad of ['', '123', '400638133393', 'ABCDEFGHIJKLM', '4006381333932']) {
    expect(barcodeKey('EAN_13', bad)).toBeUndefined()
  }
  for (const bad of ['', ' A', 'A\u0000', '\ud800', 'x'.repeat(201)]) {
    expect(barcodeKey('CODE_128', bad)).toBeUndefined()
  }
  expect(barcodeKey('CODE_128', 'SHELF-7 b')).toBe('SHELF-7 b')
  expect(barcodeKey('QR', 'https://id.shop.test/01/04006381333931')).toBe('04006381333931')
  expect(scannedKeys('a\u0000b')).toEqual([])
})
