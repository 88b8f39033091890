import { describe, expect, it } from 'vitest'
import { APPLIED, outcomeOf } from '../testing/outcome.ts'
import { lines } from '../testing/shop.ts'

describe('DISTINCT_ITEMS', () => {
  it('counts variants, not lines', () => {
    const twice = { lines: lines({ price: 1000, variantId: 'v' }, { price: 1000, variantId: 'v' }) }
    expect(outcomeOf({ kind: 'DISTINCT_ITEMS', quantity: 2 })).toEqual(APPLIED)
    expect(outcomeOf({ kind: 'DISTINCT_ITEMS', quantity: 2 }, { cart: twice }).facts).toEqual({
      have: 1,
      need: 2,
      missing: 1,
    })
  })
})
