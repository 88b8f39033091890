import { describe, expect, it } from 'vitest'
import { amountText, parseAmount } from './money.ts'

describe('money', () => {
  it.each([
    ['12.50', 'EUR', 'en', 1250],
    ['12,5', 'EUR', 'es', 1250],
    ['12.5', 'EUR', 'es', 1250],
    ['12,50', 'EUR', 'en', 1250],
    ['1.234,50', 'EUR', 'es', 123450],
    ['1,234.50', 'EUR', 'en', 123450],
    ['1.234', 'EUR', 'es', 123400],
    ['1,234', 'JPY', 'en', 1234],
    ['1234', 'JPY', 'es', 1234],
    ['1,250', 'KWD', 'es', 1250],
    [' 12,50 € ', 'EUR', 'es', 1250],
    ['0', 'EUR', 'en', 0],
  ] as const)('reads %s in %s (%s)', (typed, currency, locale, minor) => {
    expect(parseAmount(typed, currency, locale)).toBe(minor)
  })

  it.each([
    ['', 'EUR'],
    ['12.505', 'EUR'],
    ['12.5', 'JPY'],
    ['-3', 'EUR'],
    ['1e3', 'EUR'],
    ['twelve', 'EUR'],
    ['99999999999999999', 'EUR'],
    ['5', 'XXQ'],
  ])('refuses %s in %s', (typed, currency) => {
    expect(parseAmount(typed, currency, 'en')).toBeUndefined()
  })

  it('shows in a field what it would read back', () => {
    expect(amountText('12.50', 'es')).toBe('12,50')
    expect(parseAmount(amountText('12.50', 'es'), 'EUR', 'es')).toBe(1250)
  })
})
