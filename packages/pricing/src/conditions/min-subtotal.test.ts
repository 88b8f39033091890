import { describe, expect, it } from 'vitest'
import type { Condition } from '../conditions.ts'
import { APPLIED, outcomeOf } from '../testing/outcome.ts'

describe('MIN_SUBTOTAL', () => {
  const condition = (amount: number, of?: 'CART' | 'ITEMS'): Condition => ({
    kind: 'MIN_SUBTOTAL',
    amounts: { EUR: amount },
    of,
  })

  it('holds from the amount on', () => {
    expect(outcomeOf(condition(2500))).toEqual(APPLIED)
    expect(outcomeOf(condition(2501))).toMatchObject({
      code: 'MIN_SUBTOTAL',
      facts: { missing: { amountMinor: 1 } },
    })
  })

  it('counts the items of the promotion, or the cart when told', () => {
    const items = { sku: ['B'] }
    expect(outcomeOf(condition(600), { items }).code).toBe('MIN_SUBTOTAL')
    expect(outcomeOf(condition(2500, 'CART'), { items })).toEqual(APPLIED)
  })
})
