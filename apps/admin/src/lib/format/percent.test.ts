import { describe, expect, it } from 'vitest'
import { parsePercent, percent, percentText } from './percent.ts'

describe('percent', () => {
  it('writes a rate without losing digits', () => {
    expect(percent(107_500, 'en')).toBe('10.75%')
    expect(percent(210_000, 'es').replace('\u00a0', ' ')).toBe('21 %')
  })

  it.each([100, 107_500, 125_001, 1_000_000])('reads back the %d it shows', (ratePpm) => {
    expect(parsePercent(percentText(ratePpm, 'es'))).toBe(ratePpm)
    expect(parsePercent(percentText(ratePpm, 'en'))).toBe(ratePpm)
  })

  it.each(['', '0', '100.5', '101', '-5', '10.12345', 'ten'])('refuses %s', (typed) => {
    expect(parsePercent(typed)).toBeUndefined()
  })
})
