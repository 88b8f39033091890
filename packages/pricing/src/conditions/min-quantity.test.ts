import { describe, expect, it } from 'vitest'
import type { Condition } from '../conditions.ts'
import { APPLIED, outcomeOf } from '../testing/outcome.ts'

describe('MIN_QUANTITY', () => {
  const condition = (quantity: number, of?: 'CART' | 'ITEMS'): Condition => ({
    kind: 'MIN_QUANTITY',
    quantity,
    of,
  })

  it('counts units over lines', () => {
    expect(outcomeOf(condition(3))).toEqual(APPLIED)
    expect(outcomeOf(condition(4))).toEqual({ code: 'MIN_QUANTITY', facts: { have: 3, need: 4, missing: 1 } })
  })

  it('counts the items of the promotion, or the cart when told', () => {
    const items = { sku: ['B'] }
    expect(outcomeOf(condition(2), { items }).facts).toEqual({ have: 1, need: 2, missing: 1 })
    expect(outcomeOf(condition(3, 'CART'), { items })).toEqual(APPLIED)
  })
})
