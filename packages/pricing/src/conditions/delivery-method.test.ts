import { describe, expect, it } from 'vitest'
import type { Condition } from '../conditions.ts'
import { APPLIED, outcomeOf } from '../testing/outcome.ts'
import { lines } from '../testing/shop.ts'

describe('DELIVERY_METHOD', () => {
  const pickup: Condition = { kind: 'DELIVERY_METHOD', methods: ['pickup', 'locker'] }
  const by = (method?: string) => ({
    cart: {
      lines: lines({ price: 1000 }),
      delivery: { amountMinor: 500n, taxClass: 'ZERO', ...(method ? { method } : {}) },
    },
  })

  it('holds once one of its methods is chosen', () => {
    expect(outcomeOf(pickup, by('locker'))).toEqual(APPLIED)
    expect(outcomeOf(pickup, by('courier'))).toEqual({
      code: 'DELIVERY_METHOD',
      facts: { have: 'courier', methods: ['pickup', 'locker'] },
    })
    expect(outcomeOf(pickup, by()).facts).toEqual({ methods: ['pickup', 'locker'] })
    expect(outcomeOf(pickup).code).toBe('DELIVERY_METHOD')
  })
})
