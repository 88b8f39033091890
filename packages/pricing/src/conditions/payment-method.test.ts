import { describe, expect, it } from 'vitest'
import type { Condition } from '../conditions.ts'
import { APPLIED, outcomeOf } from '../testing/outcome.ts'
import { lines } from '../testing/shop.ts'

describe('PAYMENT_METHOD', () => {
  const card: Condition = { kind: 'PAYMENT_METHOD', methods: ['card'] }
  const paidWith = (paymentMethod?: string) => ({
    cart: { lines: lines({ price: 1000 }), ...(paymentMethod ? { paymentMethod } : {}) },
  })

  it('holds once one of its methods is chosen', () => {
    expect(outcomeOf(card, paidWith('card'))).toEqual(APPLIED)
    expect(outcomeOf(card, paidWith('invoice'))).toEqual({
      code: 'PAYMENT_METHOD',
      facts: { have: 'invoice', methods: ['card'] },
    })
    expect(outcomeOf(card, paidWith()).facts).toEqual({ methods: ['card'] })
  })
})
