import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, allocate, atRate, divideRounded, fromDecimal, MAX_AMOUNT_MINOR, money, PPM } from './index.ts'
import { multiply, subtract, toDecimal } from './index.ts'

const amount = fc.bigInt({ min: -MAX_AMOUNT_MINOR, max: MAX_AMOUNT_MINOR })
const code = fc.constantFrom('EUR', 'JPY', 'KWD', 'CLF', 'USD')
const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 })
const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n)
const abs = (value: bigint): bigint => (value < 0n ? -value : value)

describe('allocate', () => {
  it('has parts that sum to the amount', () => {
    fc.assert(
      fc.property(amount, weights, (total, by) => {
        expect(sum(allocate(total, by))).toBe(total)
      }),
    )
  })

  it('gives each part its exact share, up or down to the next minor unit', () => {
    fc.assert(
      fc.property(amount, weights, (total, by) => {
        fc.pre(sum(by) > 0n)
        for (const [index, part] of allocate(total, by).entries()) {
          expect(abs(part * sum(by) - total * by[index]!)).toBeLessThan(sum(by))
        }
      }),
    )
  })

  it('never takes more from a part than it weighs, when the amount is not more than all', () => {
    fc.assert(
      fc.property(weights, fc.bigInt({ min: 0n, max: PPM }), (by, rate) => {
        const parts = allocate(atRate(sum(by), rate), by)
        for (const [index, part] of parts.entries()) expect(part <= by[index]! && part >= 0n).toBe(true)
      }),
    )
  })

  it('mirrors negative amounts', () => {
    fc.assert(
      fc.property(amount, weights, (total, by) => {
        expect(allocate(-total, by)).toEqual(allocate(total, by).map((part) => -part))
      }),
    )
  })

  it('gives equal weights parts that differ by at most one, the larger first', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 9n }), fc.integer({ min: 1, max: 50 }), (total, count) => {
        const parts = allocate(total, Array<bigint>(count).fill(7n))
        expect(parts[0]! - parts.at(-1)!).toBeLessThanOrEqual(1n)
        expect(parts).toEqual(parts.toSorted((a, b) => Number(b - a)))
      }),
    )
  })

  it('has no parts for no weights', () => {
    expect(allocate(5n, [])).toEqual([])
  })
})

describe('divideRounded', () => {
  it('is the nearest whole number, a half away from zero', () => {
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 9n }), (dividend, divisor) => {
        const error = 2n * (abs(dividend) - abs(divideRounded(dividend, divisor)) * divisor)
        expect(error < divisor && error >= -divisor).toBe(true)
        expect(divideRounded(-dividend, divisor)).toBe(-divideRounded(dividend, divisor))
      }),
    )
  })
})

describe('decimals', () => {
  it('come back as the same amount', () => {
    fc.assert(
      fc.property(amount, code, (minor, currency) => {
        const value = money(minor, currency)
        expect(fromDecimal(toDecimal(value), currency)).toEqual(value)
      }),
    )
  })

  it('are read or refused, never rounded and never thrown at', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^-?\d{1,17}(\.\d{0,5})?$/)),
        code,
        (text, currency) => {
          const value = fromDecimal(text, currency)
          if (value) expect(Number(toDecimal(value)) === Number(text)).toBe(true)
        },
      ),
    )
  })
})

describe('arithmetic', () => {
  it('undoes itself', () => {
    fc.assert(
      fc.property(amount, amount, code, (a, b, currency) => {
        const [left, right] = [money(a, currency), money(b, currency)]
        expect(subtract(add(left, right), right)).toEqual(left)
        expect(add(left, left)).toEqual(multiply(left, 2))
      }),
    )
  })

  it('refuses to mix currencies', () => {
    expect(() => add(money(1n, 'EUR'), money(1n, 'USD'))).toThrow(TypeError)
    expect(() => subtract(money(1n, 'EUR'), money(1n, 'USD'))).toThrow(TypeError)
  })
})
