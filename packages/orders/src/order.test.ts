import { describe, expect, it } from 'vitest'
import { become, cancelByOf, decideCancel, ORDER_STATUSES } from './order.ts'

const PLACED_AT = new Date('2026-03-02T10:00:00Z')
const order = { status: 'PLACED', cancelBy: cancelByOf(PLACED_AT, 30) } as const
const at = (time: string) => new Date(`2026-03-02T${time}Z`)

describe('the states of an order', () => {
  it('leads from placed to fulfilled or cancelled, and from there nowhere', () => {
    const ways = ORDER_STATUSES.flatMap((from) =>
      ORDER_STATUSES.filter((to) => become(from, to).ok).map((to) => `${from} → ${to}`),
    )
    expect(ways).toEqual(['PLACED → FULFILLED', 'PLACED → CANCELLED'])
  })

  it('says what would be allowed when a way is not', () => {
    expect(become('PLACED', 'PLACED')).toMatchObject({
      error: {
        code: 'ILLEGAL_TRANSITION',
        data: { from: 'PLACED', to: 'PLACED', allowed: ['FULFILLED', 'CANCELLED'] },
      },
    })
    expect(become('FULFILLED', 'CANCELLED')).toMatchObject({ error: { data: { allowed: [] } } })
  })
})

describe('cancelling an order', () => {
  it('is possible for whoever placed it until just before the end of the window', () => {
    expect(decideCancel(order, { isStaff: false, now: at('10:29:59.999') }).ok).toBe(true)
    expect(decideCancel(order, { isStaff: false, now: at('10:30:00') })).toMatchObject({
      error: { code: 'CANCEL_WINDOW_PASSED', data: { cancelBy: '2026-03-02T10:30:00.000Z' } },
    })
  })

  it('is never possible for them with a window of zero minutes', () => {
    const now = cancelByOf(PLACED_AT, 0)
    expect(decideCancel({ status: 'PLACED', cancelBy: now }, { isStaff: false, now: PLACED_AT }).ok).toBe(
      false,
    )
  })

  it('is possible for staff at any time while it is placed', () => {
    expect(decideCancel(order, { isStaff: true, now: at('23:00:00') }).ok).toBe(true)
    expect(
      decideCancel({ ...order, status: 'FULFILLED' }, { isStaff: true, now: at('10:01:00') }),
    ).toMatchObject({
      error: { code: 'ILLEGAL_TRANSITION' },
    })
  })
})
