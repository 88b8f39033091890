import { describe, expect, it } from 'vitest'
import { allocate, atRate, divideRounded, formatMoney, fromDecimal, money, toDecimal } from './index.ts'

describe('money', () => {
  it('writes decimals with the digits of the currency', () => {
    expect(toDecimal(money(1250n, 'EUR'))).toBe('12.50')
    expect(toDecimal(money(-5n, 'EUR'))).toBe('-0.05')
    expect(toDecimal(money(1250n, 'JPY'))).toBe('1250')
    expect(toDecimal(money(1250n, 'KWD'))).toBe('1.250')
    expect(toDecimal(money(1250n, 'CLF'))).toBe('0.1250')
  })

  it('reads decimals and refuses what the currency cannot hold', () => {
    expect(fromDecimal('12.5', 'EUR')?.amountMinor).toBe(1250n)
    expect(fromDecimal('12.505', 'EUR')).toBeUndefined()
    expect(fromDecimal('12.0', 'JPY')).toBeUndefined()
    expect(fromDecimal('1e3', 'EUR')).toBeUndefined()
    expect(() => money(1n, 'XYZ1')).toThrow(RangeError)
  })

  it('rounds half away from zero', () => {
    expect(divideRounded(5n, 2n)).toBe(3n)
    expect(divideRounded(-5n, 2n)).toBe(-3n)
    expect(divideRounded(4n, 3n)).toBe(1n)
    expect(divideRounded(5n, 3n)).toBe(2n)
    expect(atRate(16402n, 26_000n)).toBe(426n)
  })

  it.each([
    [[123n], 300n, [300n]],
    [[4000n, 2000n, 2000n], 300n, [150n, 75n, 75n]],
    [[4000n, 2000n, 2000n], -300n, [-150n, -75n, -75n]],
    [[4300n, 1400n, 2300n], 299n, [161n, 52n, 86n]],
    [[1000n, 1000n, 1000n], 299n, [100n, 100n, 99n]],
    [[10n, 20n, 10n, 30n, 50n, 20n, 10n, 40n], 95n, [5n, 10n, 5n, 15n, 25n, 10n, 5n, 20n]],
    [[10n, 0n], 40n, [40n, 0n]],
    [[0n, 0n], 10n, [5n, 5n]],
    [[0n, 0n], 0n, [0n, 0n]],
    [[100n, 100n], -20n, [-10n, -10n]],
  ])('splits by the largest remainder, published case %#', (weights, amount, expected) => {
    expect(allocate(amount, weights)).toEqual(expected)
  })

  it('formats as people of the locale write it', () => {
    expect(formatMoney(money(123456n, 'EUR'), 'es').replaceAll('\u00a0', ' ')).toBe('1234,56 €')
    expect(formatMoney(money(500n, 'JPY'), 'en')).toBe('¥500')
  })
})
