import { describe, expect, it } from 'vitest'
import type { Condition } from '../conditions.ts'
import { APPLIED, outcomeOf } from '../testing/outcome.ts'
import { context } from '../testing/shop.ts'

describe('ORDER_COUNT', () => {
  const first: Condition = { kind: 'ORDER_COUNT', atMost: 0 }
  const after = (orderCount: number) => context({}, { customer: { id: 'c', groups: [], orderCount } })

  it('knows the first order', () => {
    expect(outcomeOf(first, { asks: after(0) })).toEqual(APPLIED)
    expect(outcomeOf(first, { asks: after(1) })).toEqual({
      code: 'ORDER_COUNT',
      facts: { have: 1, missing: 0 },
    })
  })

  it('knows who came back', () => {
    expect(outcomeOf({ kind: 'ORDER_COUNT', atLeast: 5 }, { asks: after(5) })).toEqual(APPLIED)
    expect(outcomeOf({ kind: 'ORDER_COUNT', atLeast: 5 }, { asks: after(3) }).facts).toEqual({
      have: 3,
      missing: 2,
    })
  })

  it('never counts a guest', () => {
    expect(outcomeOf(first)).toEqual({ code: 'ORDER_COUNT', facts: { loginRequired: true } })
  })
})
