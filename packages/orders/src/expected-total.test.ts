import { money } from '@hilo/kernel'
import { describe, expect, it } from 'vitest'
import { expectAtMost, expectExactly } from './expected-total.ts'

const eur = (amount: bigint) => money(amount, 'EUR')

describe('the total that a customer has seen', () => {
  it('must be exactly the total of the order', () => {
    expect(expectExactly(eur(1000n))(eur(1000n)).ok).toBe(true)
    expect(expectExactly(eur(1000n))(eur(999n))).toMatchObject({
      error: {
        code: 'PRICE_CHANGED',
        data: { expected: eur(1000n), actual: eur(999n) },
        path: ['expectedTotal'],
      },
    })
  })

  it('must be in the currency of the order', () => {
    expect(expectExactly(money(1000n, 'USD'))(eur(1000n))).toMatchObject({
      error: { code: 'WRONG_CURRENCY', data: { currency: 'USD', expected: 'EUR' } },
    })
  })

  it('may be left out', () => {
    expect(expectExactly(undefined)(eur(1n)).ok).toBe(true)
    expect(expectAtMost(undefined)(eur(1n)).ok).toBe(true)
  })
})

describe('the most that a device may pay', () => {
  it('may be more than the total, but not less', () => {
    expect(expectAtMost(eur(1000n))(eur(1000n)).ok).toBe(true)
    expect(expectAtMost(eur(1000n))(eur(1n)).ok).toBe(true)
    expect(expectAtMost(eur(1000n))(eur(1001n))).toMatchObject({
      error: { code: 'PRICE_CHANGED', path: ['expect', 'max'] },
    })
    expect(expectAtMost(money(1n, 'JPY'))(eur(1n))).toMatchObject({ error: { code: 'WRONG_CURRENCY' } })
  })
})
