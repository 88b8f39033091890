import { describe, expect, it } from 'vitest'
import { type Actor, actorKey, grant, GUEST, may, ownerOf, SYSTEM } from './index.ts'

const grants = [grant(['orders:read'])]
const customer: Actor = { kind: 'customer', customerId: 'c' }
const staff: Actor = { kind: 'staff', staffId: 's', sessionId: 'x', grants }
const app: Actor = { kind: 'app', keyId: 'k', grants }
const device: Actor = { kind: 'device', deviceId: 'd', customerId: 'c' }

describe('an actor', () => {
  it('may do what it holds a permission for, and the system everything', () => {
    for (const actor of [staff, app]) {
      expect(may(actor, 'orders:read')).toBe(true)
      expect(may(actor, 'orders:write')).toBe(false)
    }
    for (const actor of [GUEST, customer, device]) expect(may(actor, 'orders:read')).toBe(false)
    expect(may(SYSTEM, 'edge')).toBe(true)
  })

  it('acts for a customer when it is one, or is the hand of one', () => {
    expect([customer, device].map(ownerOf)).toEqual(['c', 'c'])
    expect([GUEST, SYSTEM, staff, app].map(ownerOf)).toEqual([undefined, undefined, undefined, undefined])
  })

  it('has a key that tells it from every other', () => {
    expect([GUEST, SYSTEM, customer, staff, app, device].map(actorKey)).toEqual([
      'guest',
      'system',
      'customer:c',
      'staff:s',
      'app:k',
      'device:d',
    ])
  })
})
