import { createSecretKey, randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Quote } from './quote.ts'
import { readToken, writeToken } from './token.ts'

const newKey = () => createSecretKey(randomBytes(32))
const key = newKey()

const uuid = fc.uuid()
const amount = fc.maxSafeNat()
const time = fc.nat({ max: 2 ** 48 - 1 })
const anyQuote: fc.Arbitrary<Quote> = fc.record({
  variantId: uuid,
  marketId: uuid,
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  unitMinor: amount,
  listMinor: amount,
  priceId: fc.option(uuid),
  priceListId: fc.option(uuid),
  customerId: fc.option(uuid),
  minQuantity: fc.integer({ min: 1, max: 1_000_000 }),
  maxQuantity: fc.integer({ min: 1, max: 1_000_000 }),
  issuedAt: time,
  expiresAt: time,
})

const refused = { ok: false, error: { code: 'PRICE_TOKEN_INVALID', path: ['priceToken'] } }
const read = (token: string, keys = [key]) => readToken(keys, token, ['priceToken'])

test('a token says what was quoted, in under 200 characters that need no escaping', () => {
  fc.assert(
    fc.property(anyQuote, (quote) => {
      const token = writeToken(key, quote)
      expect(token).toMatch(/^[\w-]{1,199}$/)
      expect(read(token)).toEqual({ ok: true, value: quote })
    }),
  )
})

test('a token that was changed anywhere, cut, lengthened or spelt otherwise is none', () => {
  fc.assert(
    fc.property(
      anyQuote,
      fc.nat(),
      fc.constantFrom('A', 'B', 'x', 'z', '0', '9', '-', '_'),
      (quote, at, sign) => {
        const token = writeToken(key, quote)
        const place = at % token.length
        const changed = token.slice(0, place) + sign + token.slice(place + 1)
        if (changed !== token) expect(read(changed)).toMatchObject(refused)
        expect(read(token.slice(0, place))).toMatchObject(refused)
        expect(read(`${token}${sign}`)).toMatchObject(refused)
        expect(read(`${token.slice(0, place)} ${token.slice(place)}`)).toMatchObject(refused)
      },
    ),
  )
})

test('whatever else somebody sends is refused, not thrown at', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 400 }), (text) => {
      expect(read(text)).toMatchObject(refused)
    }),
  )
  expect(read('A'.repeat(1_000_000))).toMatchObject(refused)
})

test('a key can follow another: the old one is accepted for as long as it is listed', () => {
  const next = newKey()
  const [quote] = fc.sample(anyQuote, 1)
  const [old, fresh] = [writeToken(key, quote!), writeToken(next, quote!)]
  expect(read(old, [next, key])).toMatchObject({ ok: true })
  expect(read(fresh, [next, key])).toMatchObject({ ok: true })
  expect(read(old, [next])).toMatchObject(refused)
  expect(read(fresh, [key])).toMatchObject(refused)
})
